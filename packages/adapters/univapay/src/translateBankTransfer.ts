import { imply, kindOf, known, type Part, toMoney, toPaymentId } from "@payfold/domain"
import { orderReference, unreadable, unreadableAt } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { PROVIDER, REPORTED } from "./adapter.ts"
import type { Context } from "./translate.ts"
import { BankTransferStatus } from "./wire/BankTransferStatus.ts"

const decodeStatus = Schema.decodeUnknownResult(BankTransferStatus)

/**
 * What deposits add up to. None of it is a payment yet, also not `exact`: the charge says when it is paid. That there is an account to pay into
 * is certain, so the payment has been awaited. Too little says no more than that, for it may still become enough; too much is kept as a
 * disagreement, for somebody has to look at it.
 */
export function translateBankTransfer(object: unknown, { place, reportedAt, settings }: Context): Part {
  const decoded = decodeStatus(object)
  if (Result.isFailure(decoded)) return unreadable("a bank transfer status", place, decoded.failure, object)
  const status = decoded.success
  const payment = toPaymentId(PROVIDER, status.charge_id)
  if (payment === undefined)
    return unreadableAt(
      "a bank transfer status",
      [...place, "charge_id"],
      "the id of a charge",
      kindOf(status.charge_id),
    )
  return imply(payment, [
    {
      _tag: "PaymentCreated",
      ...REPORTED,
      provider: PROVIDER,
      chargeId: status.charge_id,
      method: { _tag: "BankTransfer" },
      ...known({
        requested: toMoney(status.amount, status.currency),
        orderReference: orderReference(status.charge_metadata, settings, reportedAt),
        disagreements: disagreements(status.payment_status),
      }),
    },
    { _tag: "PaymentAwaiting", ...REPORTED, instructions: {} },
  ])
}

function disagreements(status: BankTransferStatus["payment_status"]): readonly [string] | undefined {
  switch (status) {
    case "exceeded":
      return ["more was deposited by bank transfer than was asked for"]
    case "unpaid":
    case "insufficient":
    case "exact":
      return undefined
  }
}
