import { storable } from "@payfold/domain"
import { Effect } from "effect"
import fc from "fast-check"
import { sql } from "kysely"
import { expect } from "vitest"
import { Database } from "../../src/postgres/Database.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import { buildTable } from "../../src/projection/BuildTables.ts"
import { createTable } from "../../src/projection/createTable.ts"
import type { ProjectionTable } from "../../src/projection/Projection.ts"
import { upsertRows } from "../../src/projection/writeRows.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

interface WildTable {
  readonly merchant: string
  readonly id: number
  readonly said: string | null
  readonly told: unknown
  readonly amount: number | null
  readonly total: string | null
  readonly at: string | null
  readonly is_so: boolean | null
}

const TABLE: ProjectionTable<"wild", WildTable> = {
  name: "wild",
  columns: {
    merchant: ["text", "not null"],
    id: ["integer", "not null"],
    said: ["text"],
    told: ["jsonb"],
    amount: ["bigint"],
    total: ["numeric"],
    at: ["timestamptz"],
    is_so: ["boolean"],
  },
  key: ["merchant", "id"],
}

/** What means something in JSON, in an array of PostgreSQL or in its texts, or is taken by none of them; and what is longer than any text of an event. */
const piece = fc.constantFrom(
  "\\",
  '"',
  "{",
  "}",
  ",",
  "\n",
  "\0",
  "\ud800",
  "null",
  "NULL",
  " ",
  "円",
  "𝄞",
  "x".repeat(5_000),
)
const text = fc.array(piece, { maxLength: 4 }).map(pieces => pieces.join(""))
const row = fc.record({
  said: fc.option(text),
  told: fc.option(
    fc.oneof(
      fc.constant([]),
      text,
      fc.constantFrom("5", "true", "null", "{}", 5, true),
      fc.record({ text, texts: fc.array(text, { maxLength: 2 }) }),
    ),
  ),
  amount: fc.option(fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER, Number.NaN, Number.POSITIVE_INFINITY)),
  total: fc.option(fc.constantFrom("0", "12345678901234567890")),
  at: fc.option(fc.constantFrom("2026-06-01T02:53:39.000Z", "2026-06-01T02:53:39.123Z")),
  is_so: fc.option(fc.boolean()),
})
const table = (rows: ReadonlyArray<Omit<WildTable, "merchant" | "id">>): ReadonlyArray<WildTable> =>
  rows.map((one, id) => ({ merchant: "m", id, ...one }))

/** The table as it is after each of the pieces was written, one after the other; nothing of it stays. */
const written = (pieces: ReadonlyArray<ReadonlyArray<WildTable>>) =>
  Effect.gen(function* () {
    const { query, savepoint } = yield* Transaction
    const writing = Effect.gen(function* () {
      for (const statement of createTable(TABLE, 1)) yield* query("create", kysely => statement.execute(kysely))
      for (const rows of pieces) {
        yield* upsertRows<{ readonly wild: WildTable }, "wild">(
          {
            merchant: { merchant: "m", timeZone: "Asia/Tokyo", referenceKeys: [] },
            changes: [],
            arePaymentsNew: false,
            // The table is named in full, so that the types of our schema do not matter.
            query: (operation, run) => query(operation, kysely => run(kysely as unknown as Parameters<typeof run>[0])),
            table: name => buildTable(name, 1),
          },
          TABLE,
          rows,
        )
      }
      const read = yield* query("read", kysely =>
        sql<WildTable>`select * from ${buildTable("wild", 1)} order by id`.execute(kysely),
      )
      return yield* Effect.fail({ _tag: "Read" as const, rows: read.rows })
    })
    return yield* savepoint(writing).pipe(Effect.catchTag("Read", ({ rows }) => Effect.succeed(rows)))
  })

describeEachEngine("rows of a view", ({ test }) => {
  test("are written as they are, but for what no text may hold, however many at once", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const law = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async some => {
        const rows = table(some)
        const { apart, together, again } = await Effect.runPromise(
          database.transaction(
            Effect.all({
              apart: written(rows.map(one => [one])),
              together: written([rows]),
              again: written([rows.map(one => ({ ...one, said: "before", told: null })), rows]),
            }),
          ),
        )
        const known = rows.map(one => ({ ...one, amount: Number.isFinite(one.amount) ? one.amount : null }))
        expect(together).toEqual(storable(known).value)
        expect(apart).toEqual(together)
        expect(again).toEqual(together)
      })
      yield* Effect.promise(() => fc.assert(law, { numRuns: 60 }))
    }))
})
