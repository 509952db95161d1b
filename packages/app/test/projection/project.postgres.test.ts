import { Effect, Exit } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { drain } from "../../src/inbox/drain.ts"
import { ingest } from "../../src/inbox/ingest.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import type { Projection } from "../../src/projection/Projection.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUp } from "../../src/projection/project.ts"
import { withScratchBuild } from "../../src/replay/scratchBuild.ts"
import { body, KONBINI, konbiniPaid, konbiniWaits, univapayWaits } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const checkpoints = Effect.gen(function* () {
  const database = yield* Database
  const { merchant } = yield* EventLog
  return yield* database.query("read checkpoints", kysely =>
    kysely
      .selectFrom("checkpoint")
      .select(["build", "position"])
      .where("merchant", "=", merchant)
      .orderBy("build")
      .execute(),
  )
})

const checkpoint = Effect.map(checkpoints, ([first]) => first?.position)

const rows = Effect.gen(function* () {
  const database = yield* Database
  const { merchant } = yield* EventLog
  return yield* database.query("read view", kysely =>
    kysely.selectFrom("payments").selectAll().where("merchant", "=", merchant).orderBy("payment_id").execute(),
  )
})

describeEachEngine("projecting", ({ test }) => {
  test("shows one row a payment, with what is known and null for what is not", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* ingest(merchant, "omise", [body(konbiniPaid)])
      const [row] = yield* rows
      expect(row).toMatchObject({
        payment_id: KONBINI,
        provider: "omise",
        status: "paid",
        mode: "live",
        requested_amount: 1500,
        requested_currency: "JPY",
        received_amount: 1500,
        refunded_amount: null,
        method: "CounterCash",
        order_reference: "A-1",
        deadline: "2026-07-01T09:00:00.000Z",
        discrepancies: [],
        version: 3,
      })
    }))

  test("carries no build on that is made aside, as of another moment", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* ingest(merchant, "omise", [body(konbiniWaits)])
      const asOf = (yield* checkpoint) ?? 0
      const aside = yield* withScratchBuild(merchant, payments, asOf, build =>
        Effect.gen(function* () {
          yield* ingestWithoutViews(merchant, konbiniPaid)
          yield* catchUp(merchant, payments)
          return (yield* checkpoints).find(one => one.build === build)
        }),
      )
      expect(aside?.position).toBe(asOf)
      expect((yield* rows)[0]?.status).toBe("paid")
    }))

  test("moves rows and checkpoint together, and neither when a row cannot be written", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* ingest(merchant, "omise", [body(konbiniWaits)])
      const before = yield* checkpoint
      const broken: Projection = {
        ...payments,
        apply: Effect.fnUntraced(function* (batch) {
          yield* payments.apply(batch)
          yield* batch.query("fail", kysely => sql`select nowhere from ${batch.table("payments")}`.execute(kysely))
        }),
      }
      const database = yield* Database
      yield* ingestWithoutViews(merchant, konbiniPaid)
      expect(Exit.isFailure(yield* Effect.exit(catchUp(merchant, broken)))).toBe(true)
      expect(yield* checkpoint).toBe(before)
      expect((yield* rows)[0]?.status).toBe("awaiting")
      yield* catchUp(merchant, payments)
      expect((yield* rows)[0]?.status).toBe("paid")
      expect(database.engine).toMatch(/pglite|postgres/)
    }))

  test("stops at a view that other code derived, and names the command that mends it", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const database = yield* Database
      yield* ingest(merchant, "omise", [body(konbiniWaits)])
      yield* database.query("age checkpoint", kysely =>
        kysely.updateTable("checkpoint").set({ settings: "other" }).where("merchant", "=", merchant).execute(),
      )
      const error = yield* Effect.flip(catchUp(merchant, payments))
      expect(error.message).toContain("payfold rebuild payments")
    }))

  test("shows every payment once however many project at once", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* ingestWithoutViews(merchant, konbiniPaid)
      yield* ingest(merchant, "univapay", [body(univapayWaits)])
      yield* Effect.all(
        Array.from({ length: 8 }, () => catchUp(merchant, payments)),
        { concurrency: 8 },
      )
      yield* catchUp(merchant, payments)
      expect((yield* rows).map(row => row.status)).toEqual(["paid", "awaiting"])
    }))
})

/** Records a body and leaves the views where they are. */
const ingestWithoutViews = Effect.fnUntraced(function* (merchant: string, value: unknown) {
  yield* keepDelivery(merchant, { provider: "omise", body: body(value).bytes, headers: {}, verdict: "operator" })
  yield* drain(merchant)
})
