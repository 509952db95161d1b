import { ChargeId } from "@payfold/domain"
import { Anything, required, WireAmount, WireCurrency } from "@payfold/domain/adapter"
import { Schema } from "effect"

/** Of the deposits, not of the charge: nothing yet, too little, all, too much. Source: as below. */
export const BANK_TRANSFER_STATUSES = ["unpaid", "insufficient", "exact", "exceeded"] as const

/**
 * What deposits add up to for a charge paid by bank transfer: the `data` of `bank_transfer_status_updated`. It is no charge: its `id` is
 * not the charge's, it has a `payment_status`, and even `exact` is not yet *paid*, which the charge itself says.
 *
 * `amount` is what the charge asks for; `balance` (outstanding) and the latest deposit are not read.
 *
 * Source: UnivaPay client SDKs, `BankTransferStatusData` (August 2026, read 2026-11-20).
 */
export const BankTransferStatus = Schema.Struct({
  charge_id: required(ChargeId, "the id of a charge"),
  amount: required(WireAmount, "an amount in minor units"),
  currency: required(WireCurrency, "a currency code of three letters"),
  payment_status: required(Schema.Literals(BANK_TRANSFER_STATUSES), "a payment status"),
  charge_metadata: Anything,
})
export type BankTransferStatus = typeof BankTransferStatus.Type
