import { type EventOf, imply, kindOf, known, type Part, type RefundReport, toMoney, toPaymentId } from "@payfold/domain"
import { ignored, named, unreadable, unreadableAt } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { PROVIDER, REPORTED } from "./adapter.ts"
import { modeOf } from "./mode.ts"
import type { Context } from "./translate.ts"
import { Refund } from "./wire/Refund.ts"

const decodeRefund = Schema.decodeUnknownResult(Refund)

/**
 * A refund that succeeded; chargebacks arrive as refunds with a reason, and one reason takes a chargeback back. A refund names its charge and
 * nothing else of it. When it took effect no field says: `created_on` is when it was asked for.
 *
 * Pending and failed ones change nothing.
 */
export function translateRefund(object: unknown, { place }: Context): Part {
  const decoded = decodeRefund(object)
  if (Result.isFailure(decoded)) return unreadable("a refund", place, decoded.failure, object)
  const refund = decoded.success
  if (refund.status !== "successful")
    return ignored(`a refund in the status ${named(refund.status)} has moved no money that we know of`)
  const payment = toPaymentId(PROVIDER, refund.charge_id)
  const money = toMoney(refund.amount, refund.currency)
  if (payment === undefined || money === undefined) {
    return unreadableAt("a refund", place, "the id of a charge and an amount", kindOf(object))
  }
  const created: EventOf<"PaymentCreated"> = {
    _tag: "PaymentCreated",
    ...REPORTED,
    provider: PROVIDER,
    chargeId: refund.charge_id,
    ...known({ mode: modeOf(refund.mode) }),
  }
  const report: RefundReport = { _tag: reportTag(refund.reason), id: refund.id, ...money }
  return imply(payment, [created, { _tag: "PaymentRefunded", ...REPORTED, refund: report }])
}

/** Source: UnivaPay client SDKs, `RefundReasonResponse` (August 2026, read 2026-11-20). */
function reportTag(reason: string | undefined): "Refund" | "Chargeback" | "ChargebackReversal" {
  switch (reason) {
    case "chargeback":
    case "chargeback_fee_exempt":
      return "Chargeback"
    case "chargeback_reverse":
      return "ChargebackReversal"
    default:
      return "Refund"
  }
}
