import { Effect, Redacted } from "effect"
import { sql } from "kysely"
import { expect, inject, test } from "vitest"
import { appendStatement } from "../../src/log/appendStatement.ts"
import { type DeliveryMark, GROWN_DELIVERY_ID, marking, markingStatement } from "../../src/log/markStatement.ts"
import { Database } from "../../src/postgres/Database.ts"
import { preparedName } from "../../src/postgres/hotStatement.ts"
import { plainDatabase } from "../../testing/laws/withLogs.ts"
import { createDatabase } from "../describeEachEngine.ts"

const marksOf = (deliveryId: number): ReadonlyArray<DeliveryMark> => [{ deliveryId, state: "recorded", reason: null }]

const NOTHING = { merchant: "default", nowMs: 0, events: [], standing: [], keys: [] }

/** Statements that mark deliveries, as they are sent where the last of them has this number. */
const textsAt = (deliveryId: number) => ({
  append: appendStatement({ ...NOTHING, marks: marksOf(deliveryId) }).sql,
  mark: markingStatement("mark deliveries", marking(1), marksOf(deliveryId)),
})

test.each(["append", "mark"] as const)("no plan is kept of a small inbox: %s", name => {
  const [small, grown] = [textsAt(GROWN_DELIVERY_ID - 1)[name], textsAt(GROWN_DELIVERY_ID)[name]]
  expect([preparedName(small), preparedName(grown)]).toEqual([undefined, expect.stringMatching(/^payfold_/)])
})

test.each(["append", "mark"] as const)(
  "the plan that is kept finds each delivery by its key, though the inbox was never analysed: %s",
  async name => {
    const database = await createDatabase(inject("postgresTemplate"))
    const url = database._tag === "Postgres" ? Redacted.value(database.url) : ""
    const plan = Effect.gen(function* () {
      const { query } = yield* Database
      yield* query("fill", kysely =>
        sql`insert into payfold.delivery (merchant, provider, body, body_hash, headers, verdict)
          select 'default', 'omise', decode(repeat(md5(number::text), 20), 'hex'), sha256(number::text::bytea), '{}', 'verified'
          from generate_series(1, ${sql.lit(GROWN_DELIVERY_ID)}) as number`.execute(kysely),
      )
      const { rows } = yield* query("explain", kysely =>
        sql<{ "QUERY PLAN": string }>`explain (generic_plan) ${sql.raw(textsAt(GROWN_DELIVERY_ID)[name])}`.execute(
          kysely,
        ),
      )
      return rows.map(row => row["QUERY PLAN"]).join("\n")
    })
    const found = await Effect.runPromise(plan.pipe(Effect.provide(plainDatabase(url, 1))))
    expect(found).toMatch(
      /Index Scan using delivery_pkey on delivery .*\n.*\(\(merchant = \$1\) AND \(delivery_id = mark\.delivery_id\)\)/,
    )
  },
)
