import { type Instant, type Instructions, known } from "@payfold/domain"
import { BILL_PAYMENT_PRINT } from "../methods.ts"
import type { Charge } from "../wire/Charge.ts"
import { moment } from "../wire/moment.ts"
import { isCard, methodWord, rowOf } from "./method.ts"
import type { Outcome } from "./outcome.ts"

/** What the payer needs, as far as this charge tells it, in whatever state it is; `undefined` where it tells nothing. */
export function instructionsOf(charge: Charge): Instructions | undefined {
  const row = rowOf(charge)
  const references = charge.source?.references
  // The flow that the source names; where an old shape names none, the table's.
  const isOffline = (charge.source?.flow ?? row?.flow) === "offline"
  const told = known({
    paymentNumber: references?.payment_code,
    pageUrl: isOffline ? charge.authorize_uri : undefined,
    redirectUrl: isOffline ? undefined : charge.authorize_uri,
    qrImageUrl: charge.source?.scannable_code?.image?.download_uri,
    barcodeUrl: references?.barcode,
    taxId: references?.omise_tax_id,
    referenceNumber1: references?.reference_number_1,
    referenceNumber2: references?.reference_number_2,
    accountNumber: references?.va_code,
  })
  if (Object.keys(told).length === 0) return undefined
  return row?.method._tag === "BillPayment" ? { ...told, ...billPayment(charge) } : told
}

/**
 * The last moment the payer can act. `references.expires_at` is the payer's; the charge's own `expires_at` may be days later, and is
 * overwritten when the charge is expired early, so only a charge that still waits is asked for it. Of deadlines the latest is kept, so a method whose
 * references tell one is never asked: a body without them would push the payer's deadline back for ever.
 */
export function deadlineOf(charge: Charge, outcome: Outcome): Instant | undefined {
  const told = payerDeadline(charge)
  if (told !== undefined) return told
  if (outcome._tag !== "pending" || charge.expired === true || hasDeadlineInReferences(charge)) return undefined
  return moment(charge.expires_at)
}

/**
 * A charge that does not name its method, its source being only an id, may be any of them, unless it is a card's.
 *
 * Source: Omise Source API, `references`; seeds 000, 002 and 003, recorded charges of 2018 to 2025 (read 2026-11-20).
 */
function hasDeadlineInReferences(charge: Charge): boolean {
  const word = methodWord(charge)
  return word === undefined ? !isCard(charge) : /^(econtext$|bill_payment_|barcode_)/.test(word)
}

/** The payer's own deadline, beside the instructions; kept for ever. */
export function payerDeadline(charge: Charge): Instant | undefined {
  return moment(charge.source?.references?.expires_at)
}

/**
 * What goes with a bar code for the counter: the line under it, character for character as seed 003 demands with the leading pipe and the
 * `00`, in satang; and what the counter charges on top.
 */
function billPayment(charge: Charge): Instructions {
  const { omise_tax_id: taxId, reference_number_1: first, reference_number_2: second } = charge.source?.references ?? {}
  // A bar code encodes digits; with anything else under it, the counter cannot read it.
  const isWhole = [taxId, first, second].every(part => part !== undefined && /^[0-9]+$/.test(part))
  return known({
    barcodeMinimumHeight: BILL_PAYMENT_PRINT.barcodeMinimumHeight,
    counterFee: BILL_PAYMENT_PRINT.counterFee,
    barcodeText: isWhole ? `|${taxId}00 ${first} ${second} ${charge.amount}` : undefined,
  })
}
