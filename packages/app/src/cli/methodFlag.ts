import * as Flag from "effect/cli/Flag"
import { METHODS } from "./choices.ts"

/** A method as it is typed: `pay-easy` is `PayEasy`. */
const TYPED = METHODS.map(tag => [tag.replaceAll(/\B[A-Z]/g, letter => `-${letter}`).toLowerCase(), tag] as const)

/** The tag of a payment method; `null` for payments whose method no report tells. */
export const methodFlag = Flag.ChoiceWithValue("method", [...TYPED, ["unknown", null]]).pipe(
  Flag.withDescription("Only payments made that way"),
  Flag.withMetavar("method"),
  Flag.optional,
)
