import { Schema } from "effect"
import { Text, tolerant } from "./tolerant.ts"

/**
 * How a payer means to pay, as far as it concerns the payment. Names, e-mail addresses and phone numbers are not read. `brand` is an online
 * brand, a QR brand or a bank; a card's brand lies one level deeper.
 *
 * Source: UnivaPay client SDKs (August 2026), univapay-node 4.0.130, recorded tokens of 2017 to 2025 (read 2026-11-20).
 */
export const Token = Schema.Struct({
  id: Text,
  payment_type: Text,
  data: tolerant(
    Schema.Struct({
      convenience_store: Text,
      expiration_period: Text,
      expiration_time_shift: Text,
      brand: Text,
      card: tolerant(Schema.Struct({ brand: Text })),
      account_number: Text,
      bank_name: Text,
      branch_code: Text,
      branch_name: Text,
      qr_image_url: Text,
    }),
  ),
})
export type Token = typeof Token.Type
