import { imply, kindOf, known, type Part, toPaymentId } from "@payfold/domain"
import { ignored, named, unreadable, unreadableAt } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { PROVIDER, REPORTED } from "./adapter.ts"
import { modeOf } from "./mode.ts"
import type { Context } from "./translate.ts"
import { Cancel } from "./wire/Cancel.ts"

const decodeCancel = Schema.decodeUnknownResult(Cancel)

/** A cancel that succeeded: its charge is called off. Pending and failed ones change nothing. */
export function translateCancel(object: unknown, { place }: Context): Part {
  const decoded = decodeCancel(object)
  if (Result.isFailure(decoded)) return unreadable("a cancel", place, decoded.failure, object)
  const cancel = decoded.success
  if (cancel.status !== "successful")
    return ignored(`a cancel in the status ${named(cancel.status)} has called no charge off`)
  const payment = toPaymentId(PROVIDER, cancel.charge_id)
  if (payment === undefined)
    return unreadableAt("a cancel", [...place, "charge_id"], "the id of a charge", kindOf(cancel.charge_id))
  return imply(payment, [
    {
      _tag: "PaymentCreated",
      ...REPORTED,
      provider: PROVIDER,
      chargeId: cancel.charge_id,
      ...known({ mode: modeOf(cancel.mode) }),
    },
    { _tag: "PaymentFailed", ...REPORTED, cause: { category: "cancelled" } },
  ])
}
