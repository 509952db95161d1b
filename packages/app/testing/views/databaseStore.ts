import { randomUUID } from "node:crypto"
import { type Currency, decide, decodeEvent, fold, type PaymentEvent, type PaymentId } from "@payfold/domain"
import type { LogStore, ViewRow } from "@payfold/domain/testing"
import { Effect } from "effect"
import { toNewEvent } from "../../src/inbox/drain.ts"
import { appendInTransaction } from "../../src/log/appendInTransaction.ts"
import { eventsOf, paymentStreams } from "../../src/log/paymentStreams.ts"
import { readLog } from "../../src/log/readLog.ts"
import { addMerchant } from "../../src/merchant/Merchant.ts"
import { Database } from "../../src/postgres/Database.ts"
import type { Projection } from "../../src/projection/Projection.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUp } from "../../src/projection/project.ts"
import { rebuild } from "../../src/replay/rebuild.ts"

/** A store of the real log and the real `payments` view, for the laws of the testing kit: each opening is a merchant of its own. */
export function databaseStore(
  run: <A, E>(effect: Effect.Effect<A, E, Database>) => Promise<A>,
  projection: Projection = payments,
): () => Promise<LogStore> {
  return async () => {
    const merchant = `merchant-${randomUUID()}`
    await run(addMerchant(merchant, {}))
    const append = Effect.fnUntraced(function* (payment: string, events: ReadonlyArray<PaymentEvent>) {
      const database = yield* Database
      const request = { payment, expected: "Any" as const, events: events.map(event => toNewEvent(event, null)) }
      yield* database.transaction(appendInTransaction(merchant, { payments: [request] }))
      yield* catchUp(merchant, projection)
    })
    const record = Effect.fnUntraced(function* (payment: PaymentId, implied: ReadonlyArray<PaymentEvent>) {
      const database = yield* Database
      const streams = yield* paymentStreams(database.read, merchant, [payment], Number.MAX_SAFE_INTEGER)
      const news = decide(fold(eventsOf(streams.get(payment) ?? [])), implied)
      if (news.length > 0) yield* append(payment, news)
      return news
    })
    const log = Effect.gen(function* () {
      const stored = yield* readLog(yield* Database, merchant, 0, { events: 1_000 })
      return yield* Effect.forEach(stored, ({ payment, data }) =>
        // Only the ids that the law gave were recorded.
        Effect.map(Effect.fromResult(decodeEvent(data)), event => ({ payment: payment as PaymentId, event })),
      )
    })
    const view = Effect.flatMap(Database, database =>
      database.query("read view", kysely =>
        kysely.selectFrom("payments").selectAll().where("merchant", "=", merchant).execute(),
      ),
    )
    return {
      record: (payment, implied) => run(record(payment, implied)),
      withdraw: (payment, withdrawal) => run(append(payment, [withdrawal])),
      log: () => run(log),
      view: async () =>
        (await run(view)).map(
          (row): ViewRow => ({
            // As above.
            payment: row.payment_id as PaymentId,
            mode: row.mode ?? undefined,
            status: row.status,
            requested: amount(row.requested_amount, row.requested_currency),
            received: amount(row.received_amount, row.received_currency),
            refunded: amount(row.refunded_amount, row.refunded_currency),
          }),
        ),
      rebuild: async () => void (await run(rebuild(payments))),
      close: () => Promise.resolve(),
    }
  }
}

function amount(minorUnits: number | null, currency: string | null) {
  // The view's currencies are the domain's.
  return minorUnits === null || currency === null ? undefined : { amount: minorUnits, currency: currency as Currency }
}
