import { omiseEvent, omiseKonbini, univapayKonbini } from "../src/demo/bodies.ts"
import type { OperatorBody } from "../src/inbox/ingest.ts"

/** A body of the operator's, from anything that becomes JSON. */
export function body(value: unknown): OperatorBody {
  return { bytes: new TextEncoder().encode(JSON.stringify(value)), source: "test" }
}

export const KONBINI = "omise:chrg_1"

export const konbiniWaits = omiseKonbini("chrg_1", 1500, "A-1")
export const konbiniPaid = omiseEvent(
  "charge.complete",
  "2026-06-02T10:05:00Z",
  omiseKonbini("chrg_1", 1500, "A-1", { status: "successful", authorized: true, paid: true }),
)
export const univapayWaits = univapayKonbini("11ed07f5-0000-4000-8000-000000000008", 3300, "awaiting", {
  internal_convenience_payment_number: "20020-1",
})
