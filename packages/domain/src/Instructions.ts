import { Schema } from "effect"

const Text = Schema.optionalKey(Schema.NonEmptyString)

/**
 * What the payer needs in order to pay, each as the provider sent it: a web address that looks odd is kept. Every field is a leaf of its own, so
 * that two reports which know different parts complete each other.
 *
 * Stored for ever: never rename, retype or change the meaning; add a version and teach `upcast`.
 */
export const Instructions = Schema.Struct({
  /** The number or code typed in or said at the counter: digits as text, leading zeros and hyphens kept. */
  paymentNumber: Text,
  /** Pay-easy's collecting-agency number, asked for beside the payment number. */
  institutionNumber: Text,
  /** A slip to show or print at the counter. */
  slipUrl: Text,
  /** The provider's own page for this payment, with instructions for every place where it can be paid. */
  pageUrl: Text,
  /** Where the payer must be sent to go on. */
  redirectUrl: Text,
  /** An image of the QR code to scan. */
  qrImageUrl: Text,
  /** An image of the bar code to scan at the counter. */
  barcodeUrl: Text,
  /** How high it must be at least, printed or shown, for people: `10 mm`. */
  barcodeMinimumHeight: Text,
  /** The line that must be printed under the bar code, character for character. */
  barcodeText: Text,
  taxId: Text,
  referenceNumber1: Text,
  referenceNumber2: Text,
  /** What the counter charges the payer on top, for people: `THB 10`. The payment's own amount does not contain it. */
  counterFee: Text,
  /** Virtual account for a bank transfer. */
  accountNumber: Text,
  bankName: Text,
  branchName: Text,
  branchCode: Text,
})
export type Instructions = typeof Instructions.Type
