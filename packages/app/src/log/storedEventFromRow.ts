import type { Selectable } from "kysely"
import type { EventTable } from "../postgres/PayfoldSchema.ts"
import type { StoredEvent } from "./EncodedEvent.ts"

/** The columns of a stored event, all but the merchant and the link. */
export const storedEventColumns = [
  "position",
  "payment_id",
  "version",
  "type",
  "schema_version",
  "adapter",
  "adapter_version",
  "delivery_id",
  "correlation",
  "data",
  "recorded_at",
] as const

type Row = Pick<Selectable<EventTable>, (typeof storedEventColumns)[number]>

export const storedEventFromRow = (row: Row): StoredEvent => ({
  position: row.position,
  payment: row.payment_id,
  version: row.version,
  type: row.type,
  schemaVersion: row.schema_version,
  adapter: row.adapter,
  adapterVersion: row.adapter_version,
  deliveryId: row.delivery_id,
  correlation: row.correlation,
  data: row.data,
  recordedAt: row.recorded_at,
})
