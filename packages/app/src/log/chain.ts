import { createHash, type Hash } from "node:crypto"
import type { NewEvent } from "./EncodedEvent.ts"

/** An event with its place in its payment, which is what a digest covers. */
export type PlacedEvent = NewEvent & { readonly payment: string; readonly version: number }

/**
 * The digest of the events one statement appends: SHA-256 over a line for the merchant, then two lines for each event in log order.
 *
 *     ["default"]
 *     ["omise:chrg_1",1,"PaymentCreated",1,"omise",3,17,null,28]
 *     {"the event's data":"as it is"}
 *
 * The first line of an event is a JSON array: payment, version, type, schema version, adapter, adapter version, delivery, correlation
 * and the length of its data in UTF-8 bytes. The length makes the framing unambiguous whatever the data holds. Position and
 * instant are not in it: the link adds the new head and the instant, and so fixes both.
 */
export class EventDigest {
  private readonly hash: Hash = createHash("sha256")

  constructor(merchant: string) {
    this.hash.update(`${JSON.stringify([merchant])}\n`)
  }

  add(event: PlacedEvent): void {
    const { payment, version, type, schemaVersion, adapter, adapterVersion, deliveryId, correlation, data } = event
    const length = Buffer.byteLength(data)
    const head = [payment, version, type, schemaVersion, adapter, adapterVersion, deliveryId, correlation, length]
    this.hash
      .update(`${JSON.stringify(head)}\n`)
      .update(data)
      .update("\n")
  }

  finish(): Buffer {
    return this.hash.digest()
  }
}

/**
 * The chain after an append: SHA-256 over the chain before it (nothing for the first), the new head as eight bytes, the instant as
 * PostgreSQL sends it in binary (`timestamptz_send`: microseconds since 2000-01-01 UTC, eight bytes) and the digest. The append statement
 * computes the same in SQL.
 */
export const nextLink = (chain: Uint8Array, head: number, instant: Uint8Array, digest: Uint8Array): Buffer => {
  const headBytes = Buffer.alloc(8)
  headBytes.writeBigInt64BE(BigInt(head))
  return createHash("sha256").update(chain).update(headBytes).update(instant).update(digest).digest()
}
