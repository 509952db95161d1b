import { wireText } from "@payfold/domain/adapter"

/** What Omise's own logs put in the place of a value they hide; their recorded payloads hold it, and it says nothing. */
export const HIDDEN = "[FILTERED]"

/** A text that says something: an empty or a hidden one is as unknown as a missing one. */
export const Text = wireText(HIDDEN)
