import { WireText } from "@payfold/domain/adapter"
import { Schema } from "effect"

/**
 * The deadline in force, extensions included: what `GET …/charges/{id}/expiry/latest` answers.
 *
 * Source: univapay-node 4.0.130, `ChargeExpiry` (read 2026-11-20).
 */
export const Expiry = Schema.Struct({ charge_id: WireText, expiration_date: WireText })
export type Expiry = typeof Expiry.Type
