import { Effect } from "effect"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "./events.ts"

describeEachEngine("append in a transaction", ({ test }) => {
  test("records with the caller's commit, and nothing when the caller fails", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const database = yield* Database
      const request = { payments: [payment("p", "NoStream", event("a"))] }
      const failing = Effect.andThen(log.appendInTransaction(request), Effect.fail("changed my mind"))
      expect(yield* Effect.flip(database.transaction(failing))).toBe("changed my mind")
      expect((yield* log.head).position).toBe(0)
      expect(yield* database.transaction(log.appendInTransaction(request))).toEqual({
        firstPosition: 1,
        lastPosition: 1,
      })
      expect(yield* log.readPayment("p")).toHaveLength(1)
    }))

  test("leaves the transaction usable after a conflict, so that the caller can read and decide again", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const database = yield* Database
      yield* log.append({ payments: [payment("p", "NoStream", event("a"))] })
      const appended = yield* database.transaction(
        Effect.gen(function* () {
          const transaction = yield* Transaction
          yield* transaction.query("write before", db =>
            db
              .insertInto("reaction_checkpoint")
              .values({ merchant: log.merchant, reaction: "x", position: 1 })
              .execute(),
          )
          const refused = yield* Effect.flip(log.appendInTransaction({ payments: [payment("p", 0, event("b"))] }))
          expect(refused).toMatchObject({ _tag: "VersionConflict", actual: 1 })
          const hole = yield* Effect.flip(log.appendInTransaction({ payments: [payment("p", 9, event("b"))] }))
          expect(hole).toMatchObject({ _tag: "VersionConflict", actual: 1 })
          const version = (yield* log.readPayment("p")).length
          return yield* log.appendInTransaction({ payments: [payment("p", version, event("b"))] })
        }),
      )
      expect(appended).toEqual({ firstPosition: 2, lastPosition: 2 })
      const checkpoints = yield* database.query("read", db =>
        db.selectFrom("reaction_checkpoint").select("reaction").where("merchant", "=", log.merchant).execute(),
      )
      expect(checkpoints).toEqual([{ reaction: "x" }])
      expect(yield* log.verify()).toMatchObject({ _tag: "LogSound", events: 2, links: 2 })
    }))

  test("answers the same key as the first time", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const database = yield* Database
      const request = { payments: [payment("p", "Any", event("a"))], key: "k" }
      const first = yield* log.append(request)
      expect(yield* database.transaction(log.appendInTransaction(request))).toEqual(first)
      expect(yield* log.readPayment("p")).toHaveLength(1)
    }))
})
