import { tolerant, WireText, WireWholeNumber } from "@payfold/domain/adapter"
import { Schema } from "effect"

/**
 * Why a charge, a refund or a cancel came to nothing; `{}` means nothing went wrong. Its `detail` (`details` in one SDK) may repeat what the
 * payer typed in and is not read.
 *
 * Source: UnivaPay client SDKs, `PaymentError` (August 2026, read 2026-11-20).
 */
export const PaymentError = Schema.Struct({ code: tolerant(WireWholeNumber), message: WireText })
export type PaymentError = typeof PaymentError.Type
