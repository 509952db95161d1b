import { Effect } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import type { VerifyOptions } from "../../src/log/verifyLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "./events.ts"
import { underTestClock } from "./underTestClock.ts"

/** Twelve events of one instant in five links, which stand at 3, 6, 7, 9 and 12. */
const fill = Effect.fnUntraced(function* () {
  const log = yield* EventLog
  yield* log.append({ payments: [payment("p1", 0, event("a"), event("b")), payment("p2", 0, event("c"))] })
  yield* log.append({ payments: [payment("p3", 0, event("d"), event("e"), event("f"))] })
  yield* log.append({ payments: [payment("p1", 2, event("g"))] })
  yield* log.append({ payments: [payment("p2", 1, event("h"), event("i"))] })
  yield* log.append({ payments: [payment("p3", 3, event("j"), event("k"), event("l"))] })
}, underTestClock)

/** What the verifier says when somebody with the owner's rights has run these statements; undone afterwards. */
const verdictAfter = Effect.fnUntraced(function* (options: VerifyOptions, ...changes: ReadonlyArray<string>) {
  const log = yield* EventLog
  const database = yield* Database
  const tampered = Effect.gen(function* () {
    const transaction = yield* Transaction
    const run = (text: string) => transaction.query("tamper", db => sql.raw(text).execute(db))
    yield* run("alter table payfold.event disable trigger append_only")
    for (const change of changes) {
      yield* run(
        change
          .replaceAll("EVENT", `payfold.event`)
          .replaceAll("HEAD", "payfold.log_head")
          .replaceAll("MINE", `merchant = '${log.merchant}'`),
      )
    }
    return yield* Effect.fail({ verdict: yield* log.verify(options) })
  })
  const { verdict } = yield* Effect.flip(database.transaction(tampered)).pipe(
    Effect.flatMap(failure => ("verdict" in failure ? Effect.succeed(failure) : Effect.fail(failure))),
  )
  return verdict
})

describeEachEngine("verifying the log", ({ test }) => {
  test("finds a log sound that is as it was appended, and an empty one", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      expect(yield* log.verify()).toEqual({ _tag: "LogSound", events: 0, payments: 0, links: 0, chain: "" })
      yield* fill()
      const { chain } = yield* log.head
      expect(yield* log.verify()).toEqual({ _tag: "LogSound", events: 12, payments: 3, links: 5, chain })
      expect(yield* log.verify({ expectedHead: chain.toUpperCase() })).toMatchObject({ _tag: "LogSound" })
      expect(yield* verdictAfter({}, "select 1")).toMatchObject({ _tag: "LogSound" })
    }))

  const faults: ReadonlyArray<readonly [string, string, number, ReadonlyArray<string>]> = [
    [
      "a changed byte of data",
      "chain",
      6,
      ["update EVENT set data = replace(data, 'e', 'x') where MINE and position = 5"],
    ],
    ["a changed type", "chain", 7, ["update EVENT set type = 'PaymentPaid' where MINE and position = 7"]],
    ["a changed delivery", "chain", 3, ["update EVENT set delivery_id = 1 where MINE and position = 1"]],
    [
      "swapped positions",
      "version",
      4,
      [
        "update EVENT set position = 99 where MINE and position = 4",
        "update EVENT set position = 4 where MINE and position = 5",
        "update EVENT set position = 5 where MINE and position = 99",
      ],
    ],
    [
      "swapped positions of two payments",
      "chain",
      2,
      [
        "update EVENT set position = 99 where MINE and position = 3",
        "update EVENT set position = 3 where MINE and position = 2",
        "update EVENT set position = 2 where MINE and position = 99",
      ],
    ],
    [
      "an altered time",
      "chain",
      12,
      ["update EVENT set recorded_at = recorded_at + interval '1 microsecond' where MINE and position >= 10"],
    ],
    [
      "an altered time of one event",
      "time",
      6,
      ["update EVENT set recorded_at = recorded_at + interval '1 microsecond' where MINE and position = 6"],
    ],
    [
      "a time before its predecessor's",
      "time",
      7,
      ["update EVENT set recorded_at = '1969-12-31' where MINE and position = 7"],
    ],
    ["a removed event", "gap", 5, ["delete from EVENT where MINE and position = 5"]],
    ["a removed payment", "gap", 4, ["delete from EVENT where MINE and payment_id = 'p3'"]],
    [
      "a removed payment whose gaps were closed",
      "chain",
      5,
      [
        "delete from EVENT where MINE and payment_id = 'p2'",
        `update EVENT as e set position = 1000 + n.position from (
           select position as old, row_number() over (order by position) as position from EVENT where MINE
         ) as n where MINE and e.position = n.old`,
        "update EVENT set position = position - 1000 where MINE",
      ],
    ],
    ["a removed link", "chain", 6, ["update EVENT set link = null where MINE and position = 3"]],
    ["a cut tail", "tail", 9, ["delete from EVENT where MINE and position > 9"]],
    [
      "a cut tail with a lowered counter",
      "tail",
      9,
      ["delete from EVENT where MINE and position > 9", "update HEAD set head = 9 where MINE"],
    ],
    ["a changed chain in the counter row", "tail", 12, ["update HEAD set chain = sha256('x') where MINE"]],
  ]
  for (const [name, kind, position, changes] of faults) {
    test(`finds ${name} and says where`, () =>
      Effect.gen(function* () {
        yield* fill()
        expect(yield* verdictAfter({}, ...changes)).toMatchObject({ _tag: "LogFault", kind, position })
      }))
  }

  test("finds a tail cut off with its counter and chain, given a chain value noted down before", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* fill()
      const { chain } = yield* log.head
      const cut = [
        "delete from EVENT where MINE and position > 9",
        "update HEAD set head = 9, chain = (select link from EVENT where MINE and position = 9) where MINE",
      ]
      expect(yield* verdictAfter({}, ...cut)).toMatchObject({ _tag: "LogSound", events: 9 })
      expect(yield* verdictAfter({ expectedHead: chain }, ...cut)).toMatchObject({
        _tag: "LogFault",
        kind: "head",
        position: 9,
      })
    }))

  test("walks a log longer than a batch and says how far it is", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const events = Array.from({ length: 1_201 }, (_, index) => event(`${index}`))
      yield* log.append({ payments: [payment("p", 0, ...events)] })
      const progress: Array<number> = []
      const onProgress = (position: number) => Effect.sync(() => void progress.push(position))
      expect(yield* log.verify({ onProgress })).toMatchObject({ _tag: "LogSound", events: 1_201, links: 1 })
      expect(progress).toEqual([500, 1_000, 1_201])
    }))
})
