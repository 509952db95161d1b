import { tolerant, WireText } from "@payfold/domain/adapter"
import { Schema } from "effect"

/**
 * How a payer means to pay, as far as it concerns the payment. Names, e-mail addresses and phone numbers are not read. `brand` is an online
 * brand, a QR brand or a bank; a card's brand lies one level deeper.
 *
 * Source: UnivaPay client SDKs (August 2026), univapay-node 4.0.130, recorded tokens of 2017 to 2025 (read 2026-11-20).
 */
export const Token = Schema.Struct({
  id: WireText,
  payment_type: WireText,
  data: tolerant(
    Schema.Struct({
      convenience_store: WireText,
      expiration_period: WireText,
      expiration_time_shift: WireText,
      brand: WireText,
      card: tolerant(Schema.Struct({ brand: WireText })),
      account_number: WireText,
      bank_name: WireText,
      branch_code: WireText,
      branch_name: WireText,
      qr_image_url: WireText,
    }),
  ),
})
export type Token = typeof Token.Type
