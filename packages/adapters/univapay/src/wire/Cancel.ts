import { ChargeId } from "@payfold/domain"
import { required, WireText } from "@payfold/domain/adapter"
import { Schema } from "effect"

/**
 * A request to call a charge off; once `successful`, the charge is `canceled`.
 *
 * Source: UnivaPay client SDKs, `Cancel` and `cancel_finished` (August 2026, read 2026-11-20).
 */
export const Cancel = Schema.Struct({
  id: required(ChargeId, "the id of a cancel"),
  charge_id: required(ChargeId, "the id of a charge"),
  status: required(Schema.NonEmptyString, "a status"),
  mode: WireText,
})
export type Cancel = typeof Cancel.Type
