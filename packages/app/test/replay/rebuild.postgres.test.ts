import { fold } from "@payfold/domain"
import { createdEvent, paidEvent } from "@payfold/domain/testing"
import { Effect } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { toNewEvent } from "../../src/inbox/drain.ts"
import { ingest } from "../../src/inbox/ingest.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { eventsOf, paymentStreams } from "../../src/log/paymentStreams.ts"
import { Database } from "../../src/postgres/Database.ts"
import { readBuilds } from "../../src/projection/builds.ts"
import { orders } from "../../src/projection/orders.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUp } from "../../src/projection/project.ts"
import { eachPayment } from "../../src/replay/eachPayment.ts"
import { indexBuild } from "../../src/replay/indexBuild.ts"
import { rebuild } from "../../src/replay/rebuild.ts"
import { withScratchBuild } from "../../src/replay/scratchBuild.ts"
import { verifyViews } from "../../src/replay/verifyViews.ts"
import { body, KONBINI, konbiniPaid, konbiniWaits, univapayWaits } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const SAME = { onlyBefore: 0, onlyAfter: 0, changed: 0 }

const ingestTwo = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  yield* ingest(merchant, "omise", [body(konbiniWaits), body(konbiniPaid)])
  yield* ingest(merchant, "univapay", [body(univapayWaits)])
  return merchant
})

const spoil = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  yield* database.query("spoil", kysely =>
    kysely
      .updateTable("payments")
      .set({ status: "failed" })
      .where("merchant", "=", merchant)
      .where("payment_id", "=", KONBINI)
      .execute(),
  )
})

const indexesOf = Effect.fnUntraced(function* (table: string) {
  const database = yield* Database
  const { rows } = yield* database.query("read indexes", kysely =>
    sql`select indexdef from pg_indexes where schemaname = 'payfold' and tablename = ${table}`.execute(kysely),
  )
  return rows
})

/** More events than are folded at a time; the first payment has one, so that the place to cut lies inside another. */
const MANY = 400
const appendMany = Effect.gen(function* () {
  const log = yield* EventLog
  const reported = [createdEvent(), paidEvent()].map(event => toNewEvent(event, null))
  yield* log.append({
    payments: Array.from({ length: MANY }, (_, index) => ({
      payment: `omise:${String(index).padStart(4, "0")}`,
      expected: "NoStream" as const,
      events: index === 0 ? reported.slice(0, 1) : reported,
    })),
  })
  return log.merchant
})

describeEachEngine("rebuilding", ({ test }) => {
  test("builds the rows that the living view has", () =>
    Effect.gen(function* () {
      yield* ingestTwo
      expect(yield* rebuild(payments)).toMatchObject({ differences: SAME, switched: true })
    }))

  test("finds a spoiled row, a lost one and one too many, and mends all three", () =>
    Effect.gen(function* () {
      const merchant = yield* ingestTwo
      const database = yield* Database
      yield* spoil(merchant)
      yield* database.query("lose and add", async kysely => {
        const [lost] = await kysely
          .deleteFrom("payments")
          .where("merchant", "=", merchant)
          .where("provider", "=", "univapay")
          .returningAll()
          .execute()
        if (lost === undefined) throw new Error("the row to lose was not there")
        // A driver writes a JSON column from text and reads it as a value; the row goes back as it came.
        const instructions = JSON.stringify(lost.instructions) as unknown as typeof lost.instructions
        const discrepancies = JSON.stringify(lost.discrepancies) as unknown as typeof lost.discrepancies
        await kysely
          .insertInto("payments")
          .values({ ...lost, instructions, discrepancies, payment_id: "omise:never" })
          .execute()
      })
      const rebuilt = yield* rebuild(payments)
      expect(rebuilt.differences).toEqual({ onlyBefore: 1, onlyAfter: 1, changed: 1 })
      expect(yield* verifyViews(merchant)).toMatchObject({ payments: 2, difference: undefined })
    }))

  test("gives its tables the indexes that the first ones had, once", () =>
    Effect.gen(function* () {
      yield* ingestTwo
      for (const projection of [payments, orders]) {
        yield* rebuild(projection)
        const builds = yield* readBuilds([projection.name])
        const live = builds.find(({ state }) => state === "live")?.build ?? 0
        yield* indexBuild(projection, live)
        for (const { name, indexes, applyIndexes } of projection.tables) {
          const made = [indexes, applyIndexes].flatMap(make => make?.(sql``) ?? []).length
          expect(yield* indexesOf(`${name}__${live}`)).toHaveLength(1 + made)
        }
      }
    }))

  test("leaves the living view alone on a dry run", () =>
    Effect.gen(function* () {
      const merchant = yield* ingestTwo
      yield* spoil(merchant)
      expect((yield* rebuild(payments, { dryRun: true })).differences.changed).toBe(1)
      expect((yield* verifyViews(merchant)).difference).toMatchObject({
        ...{ table: "payments", key: { payment_id: KONBINI }, columns: ["status"] },
      })
      yield* rebuild(payments)
    }))

  test("shows the payments as they were at every position", () =>
    Effect.gen(function* () {
      const merchant = yield* ingestTwo
      const log = yield* EventLog
      const database = yield* Database
      const { position: head } = yield* log.head
      for (let position = 0; position <= head; position++) {
        const seen: Array<unknown> = []
        yield* eachPayment(merchant, position, changes =>
          Effect.sync(() => void seen.push(...changes.map(change => change.after))),
        )
        const ids = [
          ...new Set((yield* log.readLog(0)).filter(event => event.position <= position).map(event => event.payment)),
        ].sort()
        const streams = yield* paymentStreams(database.read, merchant, ids, position)
        expect(seen).toEqual(ids.map(id => fold(eventsOf(streams.get(id) ?? []))))
      }
    }))

  test("folds a page piece by piece, each payment whole", () =>
    Effect.gen(function* () {
      const merchant = yield* appendMany
      yield* catchUp(merchant, payments)
      expect(yield* rebuild(payments)).toMatchObject({ differences: SAME })
      const database = yield* Database
      const versions = yield* database.query("read versions", kysely =>
        kysely
          .selectFrom("payments")
          .select("version")
          .where("merchant", "=", merchant)
          .orderBy("payment_id")
          .execute(),
      )
      expect(versions.map(({ version }) => version)).toEqual([1, ...Array.from({ length: MANY - 1 }, () => 2)])
    }))

  test("stops at an event that it cannot read while other rows are being written, and leaves nothing behind", () =>
    Effect.gen(function* () {
      const merchant = yield* appendMany
      const log = yield* EventLog
      const newer = { ...toNewEvent(createdEvent(), null), schemaVersion: 99, data: '{"schemaVersion":99}' }
      yield* log.append({ payments: [{ payment: "omise:last", expected: "NoStream", events: [newer] }] })
      const { position } = yield* log.head
      const failure = yield* Effect.flip(withScratchBuild(merchant, payments, position, () => Effect.void))
      expect(failure).toMatchObject({ _tag: "NewerEvent", found: 99 })
      const builds = yield* readBuilds([payments.name])
      expect(builds.filter(({ state }) => state === "scratch")).toEqual([])
    }))
})
