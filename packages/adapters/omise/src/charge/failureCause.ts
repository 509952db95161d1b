import { type FailureCategory, type FailureCause, known } from "@payfold/domain"
import { plainWord, withoutContacts } from "@payfold/domain/adapter"
import type { Charge } from "../wire/Charge.ts"

/**
 * Our category of each failure code. The list is open: a code that is not here is `other` and keeps its own word.
 *
 * Sources: seeds 000, 003 and 004; omise-swift, omise-java and omise-dotnet enumerations (read 2026-11-20).
 */
const CATEGORIES: ReadonlyMap<string, FailureCategory> = new Map([
  ["payment_cancelled", "cancelled"],
  ["timeout", "timed-out"],
  ["expired_charge", "timed-out"],
  ["insufficient_balance", "insufficient-funds"],
  ["insufficient_fund", "insufficient-funds"],
  ["payment_rejected", "declined"],
  ["stolen_or_lost_card", "declined"],
  ["invalid_security_code", "declined"],
  ["expired_card", "declined"],
  ["failed_fraud_check", "fraud-suspected"],
  ["invalid_account_number", "invalid-request"],
  ["invalid_account", "invalid-request"],
  ["account_does_not_exist", "invalid-request"],
  ["confirmed_amount_mismatch", "invalid-request"],
  ["amount_mismatch", "invalid-request"],
  ["duplicate_reference_number", "invalid-request"],
  ["invalid_reference", "invalid-request"],
  ["invalid_parameters", "invalid-request"],
  ["invalid_barcode", "invalid-request"],
  ["service_code_not_activated", "invalid-request"],
  ["service_code_not_certified", "invalid-request"],
  ["cannot_connect_to_ibanking", "provider-error"],
  ["internal_error", "provider-error"],
  ["failed_capture", "provider-error"],
  ["failed_void", "provider-error"],
  ["failed_reverse", "provider-error"],
  ["failed_refund", "provider-error"],
])

/** Why a charge failed, where it names a code or says so in words. */
export function failureCause(charge: Charge): FailureCause | undefined {
  const { failure_code: code, failure_message: message } = charge
  if (code === undefined && message === undefined) return undefined
  return { category: CATEGORIES.get(code ?? "") ?? "other", ...failureWords(charge) }
}

/** Omise's own code and message, without what may be a person's: events are kept for ever. */
export function failureWords({ failure_code: code, failure_message: message }: Charge): Omit<FailureCause, "category"> {
  return known({ code: plainWord(code), message: message === undefined ? undefined : withoutContacts(message) })
}
