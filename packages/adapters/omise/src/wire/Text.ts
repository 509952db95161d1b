import { tolerant } from "@payfold/domain/adapter"
import { Schema } from "effect"

/** What Omise's own logs put in the place of a value they hide; their recorded payloads hold it, and it says nothing. */
export const HIDDEN = "[FILTERED]"

/** A text that says something: an empty or a hidden one is as unknown as a missing one. */
export const Text = tolerant(Schema.String.check(Schema.makeFilter((text: string) => text !== "" && text !== HIDDEN)))

/** Yes or no; anything else is as unknown as a missing one. */
export const Flag = tolerant(Schema.Boolean)
