import { PaymentMethod } from "@payfold/domain"
import * as Flag from "effect/cli/Flag"

/** A method as it is typed: `pay-easy` is `PayEasy`. */
const METHODS = Object.keys(PaymentMethod.cases).map(
  tag => [tag.replaceAll(/\B[A-Z]/g, letter => `-${letter}`).toLowerCase(), tag] as const,
)

/** The tag of a payment method; `null` for payments whose method no report tells. */
export const methodFlag = Flag.ChoiceWithValue("method", [...METHODS, ["unknown", null]]).pipe(
  Flag.withDescription("Only payments made that way"),
  Flag.withMetavar("method"),
  Flag.optional,
)
