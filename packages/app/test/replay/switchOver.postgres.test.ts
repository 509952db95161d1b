import { randomUUID } from "node:crypto"
import { paidEvent, refundedEvent } from "@payfold/domain/testing"
import { Effect, Exit, Fiber } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { readBuilds } from "../../src/projection/builds.ts"
import type { Projection } from "../../src/projection/Projection.ts"
import { Projections } from "../../src/projection/Projections.ts"
import { ProjectorLimits } from "../../src/projection/ProjectorLimits.ts"
import { catchUp, catchUpAll } from "../../src/projection/project.ts"
import { dropOld } from "../../src/replay/dropBuild.ts"
import { goBack, rebuild } from "../../src/replay/rebuild.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { statusBoard } from "../../testing/views/statusBoard.ts"
import { drawBooks, recordSteps, toSteps } from "../../testing/views/writeBooks.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const PAYMENTS = 40

const versions = () => {
  const name = `board_${randomUUID().replaceAll("-", "")}`
  return { name, first: statusBoard(name, 1), second: statusBoard(name, 2) }
}

const execute = (statement: string) =>
  Effect.flatMap(Database, database => database.query("test", kysely => sql.raw(statement).execute(kysely)))

const rowsOf = Effect.fnUntraced(function* (view: string) {
  const { merchant } = yield* EventLog
  const { rows } = yield* execute(`select * from ${view} where merchant = '${merchant}' order by payment_id`)
  return rows as ReadonlyArray<Record<string, unknown>>
})

const recordBooks = recordSteps(toSteps(drawBooks(PAYMENTS, 1), new Chance(1)), 20)
const statesOf = (name: string) => Effect.map(readBuilds([name]), builds => builds.map(({ state }) => state))

describeEachEngine("the switch", ({ engine, test }) => {
  test("removes a column and adds one, keeps rights, and is gone back on with what came meanwhile", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const { name, first, second } = versions()
      const both = Effect.provideService(Projections, [first, second])
      yield* recordBooks
      yield* catchUp(merchant, first)
      const role = `reader_${randomUUID().replaceAll("-", "")}`
      yield* execute(`create role ${role}`)
      yield* execute(`grant select on payfold.${name} to ${role}`)
      expect((yield* Effect.flip(catchUp(merchant, second))).message).toContain(`payfold rebuild ${name}`)
      const { columns, differences } = yield* rebuild(second)
      expect(Object.keys(columns).sort()).toEqual(["currency", "mode"])
      expect(differences).toMatchObject({ onlyBefore: 0, onlyAfter: 0 })
      expect(Object.keys((yield* rowsOf(`payfold.${name}`))[0] ?? {})).toEqual([
        ...["merchant", "payment_id", "currency", "status"],
      ])
      const { rows } = yield* execute(`select has_table_privilege('${role}', 'payfold.${name}', 'select') as may`)
      expect(rows).toEqual([{ may: true }])
      yield* execute(`drop owned by ${role}`)
      yield* execute(`drop role ${role}`)
      yield* recordSteps([{ payment: "example:late", events: [paidEvent()] }], 1)
      yield* both(catchUpAll(merchant))
      expect(yield* statesOf(name)).toEqual(["kept", "live"])
      yield* goBack(first)
      const back = yield* rowsOf(`payfold.${name}`)
      expect(back.find(row => row["payment_id"] === "example:late")).toMatchObject({ status: "paid" })
      expect(back[0]).toHaveProperty("mode")
      expect(yield* dropOld(name)).toBe(1)
      expect(yield* statesOf(name)).toEqual(["live"])
    }))

  test("keeps views of others on ours where the columns stay, and is refused with their names where they do not", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const { name, first, second } = versions()
      yield* recordBooks
      yield* catchUp(merchant, first)
      yield* execute(
        `create view public.mine_${name} as select merchant, payment_id, status, mode from payfold.${name}`,
      )
      const before = (yield* rowsOf(`public.mine_${name}`)).length
      expect(before).toBeGreaterThan(0)
      yield* rebuild(first)
      yield* recordSteps([{ payment: "example:late", events: [paidEvent()] }], 1)
      yield* catchUp(merchant, first)
      expect(yield* rowsOf(`public.mine_${name}`)).toHaveLength(before + 1)
      const refused = yield* Effect.flip(rebuild(second))
      expect(refused).toMatchObject({ _tag: "ViewsInTheWay", views: [`public.mine_${name}`] })
      expect(yield* statesOf(name)).toEqual(["kept", "live"])
      yield* execute(`drop view public.mine_${name}`)
      expect(yield* rebuild(second)).toMatchObject({ switched: true })
    }))

  test("lets no reader see half a view", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const { name, first, second } = versions()
      yield* recordBooks
      yield* catchUp(merchant, first)
      const all = (yield* rowsOf(`payfold.${name}`)).length
      let isOver = false
      const reading = Effect.gen(function* () {
        const seen = new Set<number>()
        do seen.add((yield* rowsOf(`payfold.${name}`)).length)
        while (!isOver)
        return seen
      })
      const readers = yield* Effect.forEach([1, 2, 3], () => Effect.forkChild(reading, { startImmediately: true }))
      for (const version of [second, first, second]) yield* rebuild(version)
      isOver = true
      for (const reader of readers) expect([...(yield* Fiber.join(reader))]).toEqual([all])
    }))

  // PGlite has one connection, and nobody beside it to wait for.
  if (engine === "pglite") return
  test("waits for a reader who holds the view, and lets others pass meanwhile", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const database = yield* Database
      const { name, first, second } = versions()
      yield* recordBooks
      yield* catchUp(merchant, first)
      const released = Promise.withResolvers<void>()
      const held = Promise.withResolvers<void>()
      const holding = database.query("hold the view", kysely =>
        kysely.transaction().execute(async transaction => {
          await sql.raw(`select 1 from payfold.${name}`).execute(transaction)
          held.resolve()
          await released.promise
        }),
      )
      const holder = yield* Effect.forkChild(holding)
      yield* Effect.promise(() => held.promise)
      const switching = yield* Effect.forkChild(rebuild(second))
      while ((yield* statesOf(name)).length < 2) yield* Effect.yieldNow
      for (let reads = 0; reads < 20; reads++) expect(yield* rowsOf(`payfold.${name}`)).not.toEqual([])
      expect(yield* statesOf(name)).toEqual(["live", "building"])
      released.resolve()
      yield* Fiber.join(holder)
      expect(yield* Fiber.join(switching)).toMatchObject({ switched: true })
    }))
})

describeEachEngine("a rebuild", ({ test }) => {
  test("that was cut off goes on where it was", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const { name, first } = versions()
      yield* recordBooks
      yield* catchUp(merchant, first)
      const small = Effect.provideService(ProjectorLimits, { events: 10, bytes: 1_000_000, frozenAfterMs: 15_000 })
      let batches = 0
      const cut: Projection = {
        ...first,
        apply: batch => {
          batches += 1
          return batches > 3 ? Effect.die(new Error("cut off")) : first.apply(batch)
        },
      }
      expect(Exit.isFailure(yield* Effect.exit(small(rebuild(cut))))).toBe(true)
      expect(yield* statesOf(name)).toEqual(["live", "building"])
      const log = yield* EventLog
      const rebuilt = yield* small(rebuild(first))
      expect(rebuilt).toMatchObject({ switched: true, differences: { onlyBefore: 0, onlyAfter: 0, changed: 0 } })
      expect(rebuilt.events).toBeLessThan((yield* log.head).position + (yield* othersEvents(merchant)))
      expect(yield* statesOf(name)).toEqual(["kept", "live"])
    }))

  test("tells its progress, and explains a differing row by its events", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const { name, first } = versions()
      yield* recordSteps([{ payment: "example:c1", events: [paidEvent(), refundedEvent(5)] }], 1)
      yield* catchUp(merchant, first)
      yield* execute(`update payfold.${name} set status = 'failed' where merchant = '${merchant}'`)
      const told: Array<{ readonly events: number; readonly total: number }> = []
      const { examples } = yield* rebuild(first, { onProgress: progress => void told.push(progress) })
      expect(told.at(-1)).toSatisfy(({ events, total }) => events === total && total > 0)
      expect(examples).toMatchObject([
        {
          table: name,
          key: { merchant, payment_id: "example:c1" },
          before: { status: "failed" },
          after: { status: "paid" },
          events: [
            { type: "PaymentPaid", version: 1 },
            { type: "PaymentRefunded", version: 2 },
          ],
        },
      ])
    }))
})

/** Events of the other cases' merchants: a rebuild covers all. */
const othersEvents = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const rows = yield* database.query("sum heads", kysely =>
    kysely.selectFrom("log_head").select("head").where("merchant", "!=", merchant).execute(),
  )
  return rows.reduce((sum, { head }) => sum + head, 0)
})
