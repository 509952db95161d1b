import type { PaymentProvider, Translation } from "@payfold/domain"
import { omise } from "@payfold/omise"
import { Effect } from "effect"
import { expect } from "vitest"
import { drain } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { Providers } from "../../src/inbox/Providers.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { hostileBodies } from "../../testing/laws/hostileBodies.ts"
import { body, KONBINI, konbiniWaits } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const keep = (merchant: string, bytes: Uint8Array) =>
  keepDelivery(merchant, { provider: "omise", body: bytes, headers: {}, verdict: "verified" })

const inbox = Effect.gen(function* () {
  const database = yield* Database
  const { merchant } = yield* EventLog
  return yield* database.query("read inbox", db =>
    db.selectFrom("delivery").selectAll().where("merchant", "=", merchant).orderBy("delivery_id").execute(),
  )
})

/** An adapter whose reasons and exceptions quote what no database takes. */
const quoting: PaymentProvider = {
  ...omise,
  translate: (value, settings): Translation => {
    const text = JSON.stringify(value)
    if (text.includes("reason")) return [{ _tag: "Unreadable", reason: "it said \u0000 and \ud800" }]
    if (text.includes("exception")) throw Object.assign(new Error("\u0000"), { name: "Broken\u0000\udfff" })
    return omise.translate(value, settings)
  },
}

describeEachEngine("bodies that stores choke on", ({ test }) => {
  test("come back byte for byte, before and after they were drained, and hold nobody up", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const bodies = [...Object.values(hostileBodies).map(make => make("hostile")), body(konbiniWaits).bytes]
      for (const bytes of bodies) yield* keep(merchant, bytes)
      const same = (rows: ReadonlyArray<{ readonly body: Uint8Array | null }>) =>
        rows.map((row, index) => Buffer.compare(row.body ?? new Uint8Array(), bodies[index] ?? new Uint8Array()))
      expect(same(yield* inbox)).toEqual(bodies.map(() => 0))
      yield* drain(merchant)
      const drained = yield* inbox
      expect(same(drained)).toEqual(bodies.map(() => 0))
      expect(drained.map(row => row.state)).not.toContain("waiting")
      expect(drained.at(-1)?.state).toBe("recorded")
    }))

  test("and failure messages that quote them do not poison the batch", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const log = yield* EventLog
      for (const value of [{ id: "reason" }, konbiniWaits, { id: "exception" }])
        yield* keep(merchant, body(value).bytes)
      yield* drain(merchant).pipe(Effect.provideService(Providers, [quoting]))
      const rows = yield* inbox
      expect(rows.map(row => row.state)).toEqual(["quarantined", "recorded", "quarantined"])
      expect(rows[0]?.reason).toBe("it said \ufffd and \ufffd")
      expect(rows[2]?.reason).toContain("Broken\ufffd\ufffd")
      expect(yield* log.readPayment(KONBINI)).toHaveLength(2)
    }))
})
