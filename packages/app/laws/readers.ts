import { Effect, Fiber } from "effect"
import { sql } from "kysely"
import { EventLog } from "../src/log/EventLog.ts"
import { Database } from "../src/postgres/Database.ts"
import { catchUp } from "../src/projection/project.ts"
import { rebuild } from "../src/replay/rebuild.ts"
import type { Intercept } from "../testing/InterceptedDialect.ts"
import { interceptedDatabase, plainDatabase } from "../testing/laws/withLogs.ts"
import { statusBoard } from "../testing/views/statusBoard.ts"
import { drawBooks, recordSteps, toSteps } from "../testing/views/writeBooks.ts"
import type { Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

const PAYMENTS = 2_000
const SWITCHES = 20
/** Each starts a read every tenth of a second: a hundred a second together. */
const READERS = 10
const READ_EVERY_MS = 100
const LONGEST_WAIT_MS = 500
/** How long the open reader holds the view in one transaction, and pauses between two. */
const HELD_MS = 1_500

/**
 * A view is rebuilt again and again, by turns with a column removed and one added, while a hundred readers a second read it and one keeps it open: nobody
 * sees a half-built table, and nobody but the switch itself waits.
 */
export const readers: Law = async (server, chance) => {
  const url = await migratedDatabase(server, "readers")
  const connections = READERS + 4
  const write = recordSteps(toSteps(drawBooks(PAYMENTS, chance.seed), chance), 100).pipe(
    Effect.provide(EventLog.layer("default")),
    Effect.provide(plainDatabase(url, 2)),
  )
  await Effect.runPromise(write)
  const run = (intercept: Intercept, switches: number) =>
    Effect.runPromise(switching(switches).pipe(Effect.provide(interceptedDatabase(url, connections, intercept))))
  const { violations, ...figures } = await run((_, send) => send(), SWITCHES)
  const broken = await run(withoutLockTimeout, 4)
  return [
    { what: `${SWITCHES} switches under ${READERS * 10} readers a second and an open one`, violations, ...figures },
    {
      ...broken,
      what: "broken: a switch that waits for as long as it takes",
      violations: broken.violations.length > 0 ? [] : ["the broken switch was not found out"],
      found: broken.violations,
    },
  ]
}

/** The same switch, which queues up behind the open reader, and everybody else behind it. */
const withoutLockTimeout: Intercept = (statement, send) =>
  statement.sql.includes("set_config('lock_timeout'")
    ? send({ ...statement, parameters: ["0", ...statement.parameters.slice(1)] })
    : send()

const switching = Effect.fnUntraced(function* (switches: number) {
  const [first, second] = [statusBoard("board", 1), statusBoard("board", 2)]
  yield* catchUp("default", first)
  const all = yield* countRows
  const waitsMs: Array<number> = []
  const seen = new Set<number>()
  let isOver = false
  const reader = Effect.gen(function* () {
    while (!isOver) {
      const startedMs = performance.now()
      seen.add(yield* countRows)
      const tookMs = performance.now() - startedMs
      waitsMs.push(tookMs)
      yield* Effect.sleep(Math.max(0, READ_EVERY_MS - tookMs))
    }
  })
  const holder = Effect.gen(function* () {
    while (!isOver) yield* Effect.andThen(holdView, Effect.sleep(HELD_MS))
  })
  const reading = yield* Effect.forkChild(
    Effect.all([...Array.from({ length: READERS }, () => reader), holder], { concurrency: "unbounded" }),
  )
  for (let turn = 0; turn < switches; turn++) yield* rebuild(turn % 2 === 0 ? second : first)
  isOver = true
  yield* Fiber.join(reading)
  const sorted = waitsMs.sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  const half = [...seen].filter(rows => rows !== all)
  const violations = [
    ...(half.length > 0 ? [`a reader saw ${half.join(", ")} rows of ${all}`] : []),
    ...(at(1) > LONGEST_WAIT_MS ? [`a reader waited ${at(1)} ms`] : []),
  ]
  return { violations, rows: all, reads: sorted.length, medianMs: at(0.5), p99Ms: at(0.99), longestMs: at(1) }
})

const countRows = Effect.gen(function* () {
  const database = yield* Database
  const { rows } = yield* database.query("read view", kysely =>
    sql<{ count: number }>`select count(*)::int as count from payfold.board`.execute(kysely),
  )
  return rows[0]?.count ?? 0
})

const holdView = Effect.gen(function* () {
  const database = yield* Database
  yield* database.query("hold view", kysely =>
    kysely.transaction().execute(async transaction => {
      await sql`select 1 from payfold.board limit 1`.execute(transaction)
      await new Promise(done => setTimeout(done, HELD_MS))
    }),
  )
})
