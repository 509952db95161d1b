import { createHash } from "node:crypto"
import { Effect } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { ingest } from "../../src/inbox/ingest.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { type AuditOptions, audit } from "../../src/replay/audit.ts"
import { KONBINI, konbiniPaid, konbiniWaits } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const bytesOf = (body: object) => new TextEncoder().encode(JSON.stringify(body))

/** Four events of one payment, from two deliveries. */
const fill = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  const bodies = [konbiniWaits, konbiniPaid].map(body => ({ bytes: bytesOf(body), source: "a test" }))
  yield* ingest(merchant, "omise", bodies)
})

/** Done by one with the owner's rights; `$` is the merchant. */
const tamper = Effect.fnUntraced(function* (change: string) {
  const { merchant } = yield* EventLog
  const database = yield* Database
  const statements = [
    "alter table payfold.event disable trigger append_only",
    change.replaceAll("$", `'${merchant}'`),
    "alter table payfold.event enable always trigger append_only",
  ]
  yield* database.query("tamper", async kysely => {
    for (const statement of statements) await sql.raw(statement).execute(kysely)
  })
})

const auditOwn = (options: AuditOptions = {}) => Effect.flatMap(EventLog, ({ merchant }) => audit(merchant, options))

const TAMPERINGS: ReadonlyArray<{
  readonly rule: string
  readonly change: string
  readonly options?: AuditOptions
  readonly found: object
}> = [
  {
    rule: "a changed event",
    change: "update payfold.event set data = data || ' ' where merchant = $ and position = 2",
    // One append recorded all four; its link is at the last.
    found: { log: { kind: "chain", position: 4 }, views: undefined },
  },
  {
    rule: "a removed event",
    change: "delete from payfold.event where merchant = $ and position = 2",
    found: { log: { kind: "gap", position: 2 } },
  },
  {
    rule: "a version that does not follow",
    change: "update payfold.event set version = 9 where merchant = $ and position = 3",
    found: { log: { kind: "version", position: 3 } },
  },
  {
    rule: "a delivery that is gone",
    change: `delete from payfold.delivery where merchant = $ and delivery_id =
      (select delivery_id from payfold.event where merchant = $ and position = 3)`,
    found: { log: { _tag: "LogSound" }, deliveries: { fault: { kind: "missing", position: 3 } }, views: undefined },
  },
  {
    rule: "a delivery of another provider",
    change: "update payfold.delivery set provider = 'univapay' where merchant = $",
    found: { deliveries: { fault: { kind: "provider", position: 1 } } },
  },
  {
    rule: "an altered body",
    change: "update payfold.delivery set body = body || ' '::bytea where merchant = $",
    found: { deliveries: { fault: { kind: "body" } } },
  },
  {
    rule: "a body exchanged together with its hash",
    change: `update payfold.delivery set body = '{"object":"customer"}', body_hash = sha256('{"object":"customer"}')
      where merchant = $ and delivery_id = (select max(delivery_id) from payfold.event where merchant = $)`,
    options: { retranslate: true },
    found: { deliveries: { fault: undefined }, translations: { fault: { kind: "not-implied", payment: KONBINI } } },
  },
  {
    rule: "a row of a view",
    change: "update payfold.payments set status = 'failed' where merchant = $",
    found: { views: { difference: { table: "payments", columns: ["status"] } } },
  },
  {
    rule: "a row missing from a view",
    change: "delete from payfold.payments where merchant = $",
    found: { views: { difference: { table: "payments", key: { payment_id: KONBINI } } } },
  },
]

describeEachEngine("The audit", ({ test }) => {
  test("passes what was not tampered with, and tells pruned bodies apart", () =>
    Effect.gen(function* () {
      yield* fill
      const { position, chain } = yield* (yield* EventLog).head
      const options = { retranslate: true, expectedHead: chain }
      expect(yield* auditOwn(options)).toMatchObject({
        log: { _tag: "LogSound", events: position },
        deliveries: { bodies: 2, pruned: 0, fault: undefined },
        translations: { events: 4, unasked: 0, fault: undefined },
        views: { payments: 1, difference: undefined },
      })
      yield* tamper("update payfold.delivery set body = null, pruned_at = now() where merchant = $")
      expect(yield* auditOwn(options)).toMatchObject({
        deliveries: { bodies: 0, pruned: 2, fault: undefined },
        translations: { events: 0, unasked: 4, fault: undefined },
      })
      expect(yield* auditOwn({ expectedHead: "ff" })).toMatchObject({ log: { kind: "head" }, views: undefined })
    }))

  for (const { rule, change, options, found } of TAMPERINGS) {
    test(`finds ${rule}`, () =>
      Effect.gen(function* () {
        yield* fill
        yield* tamper(change)
        expect(yield* auditOwn(options)).toMatchObject(found)
      }))
  }

  const badEvent = (event: object, found: string) =>
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* fill
      const [first] = yield* log.readLog(0)
      if (first === undefined) throw new Error("the log has events")
      yield* log.append({ payments: [{ payment: KONBINI, expected: "Any", events: [{ ...first, ...event }] }] })
      const fault = { kind: "event", position: 5, found: expect.stringContaining(found) }
      expect(yield* auditOwn()).toMatchObject({ log: fault, deliveries: undefined })
    })
  test("finds an event that cannot be read", () => badEvent({ data: "{}" }, "cannot be read"))
  test("finds an event whose envelope says something else", () => badEvent({ adapterVersion: 77 }, "omise 77"))

  test("finds a delivery that was marked recorded and is not in the log", () =>
    Effect.gen(function* () {
      yield* fill
      const other = bytesOf({ ...konbiniWaits, id: "chrg_2" })
      const hash = createHash("sha256").update(other).digest("hex")
      yield* tamper(`insert into payfold.delivery (merchant, provider, body, body_hash, verdict, state)
        values ($, 'omise', decode('${Buffer.from(other).toString("hex")}', 'hex'), decode('${hash}', 'hex'), 'verified', 'recorded')`)
      expect(yield* auditOwn()).toMatchObject({ deliveries: { bodies: 3, fault: undefined } })
      const fault = { kind: "not-recorded", payment: "omise:chrg_2" }
      expect(yield* auditOwn({ retranslate: true })).toMatchObject({ translations: { fault } })
    }))
})
