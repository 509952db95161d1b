import { Effect } from "effect"
import fc from "fast-check"
import { sql } from "kysely"
import { expect } from "vitest"
import { arrayLiteral } from "../../src/postgres/arrayLiteral.ts"
import { Database } from "../../src/postgres/Database.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

/** What means something in JSON or in an array of PostgreSQL. */
const piece = fc.constantFrom(
  "\\",
  '"',
  "{",
  "}",
  ",",
  "n",
  "\n",
  "\t",
  "\u0001",
  "\u007f",
  "null",
  "NULL",
  " ",
  "円",
  "𝄞",
)
const text = fc
  .oneof(
    fc.array(piece).map(pieces => pieces.join("")),
    fc.string({ unit: "grapheme" }),
  )
  .filter(found => !found.includes("\0"))
const texts = fc.array(fc.option(text))

describeEachEngine("an array that is a parameter", ({ test }) => {
  test("comes out of the database as it went in", () =>
    Effect.gen(function* () {
      const { query } = yield* Database
      const echo = (values: ReadonlyArray<string | null>, numbers: ReadonlyArray<number | null>) =>
        query("echo", kysely =>
          sql<object>`select ${arrayLiteral(values)}::text[] as values,
            to_json(${arrayLiteral(numbers)}::bigint[]) as numbers`.execute(kysely),
        )
      const law = fc.asyncProperty(texts, fc.array(fc.option(fc.maxSafeInteger())), async (values, numbers) => {
        const { rows } = await Effect.runPromise(echo(values, numbers))
        expect(rows).toEqual([{ values, numbers }])
      })
      const boundary: ReadonlyArray<string | null> = ["", null, "null", "\\n", "\n", '\\"']
      yield* Effect.promise(() =>
        fc.assert(law, {
          numRuns: 300,
          examples: [
            [[], []],
            [[...boundary], [0, null, -1, Number.MAX_SAFE_INTEGER]],
          ],
        }),
      )
    }))
})
