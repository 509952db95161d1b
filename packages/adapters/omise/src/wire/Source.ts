import { tolerant, WireFlag } from "@payfold/domain/adapter"
import { Schema } from "effect"
import { Text } from "./Text.ts"

/** What the payer needs at a counter; null on a bare source, filled on the source inside its charge. */
export const References = Schema.Struct({
  expires_at: Text,
  payment_code: Text,
  omise_tax_id: Text,
  reference_number_1: Text,
  reference_number_2: Text,
  barcode: Text,
  va_code: Text,
})

const Term = tolerant(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 120 })))

/**
 * The way a charge is paid, as far as it concerns the payment. The payer's name, e-mail address and phone number are not read.
 *
 * Source: Omise Source API (seed 002, 2020) and recorded sources of 2018 to 2025.
 */
export const Source = Schema.Struct({
  type: Text,
  flow: Text,
  installment_term: Term,
  /** Its name before 2019-05-29. */
  installment_terms: Term,
  zero_interest_installments: WireFlag,
  absorption_type: Text,
  references: tolerant(References),
  scannable_code: tolerant(Schema.Struct({ image: tolerant(Schema.Struct({ download_uri: Text })) })),
})
export type Source = typeof Source.Type
