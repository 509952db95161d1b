import { omise } from "@payfold/omise"
import { univapay } from "@payfold/univapay"
import { Effect, Stream } from "effect"
import { TestClock } from "effect/testing"
import { omiseEvent, omiseKonbini } from "../../src/demo/bodies.ts"
import { ingest } from "../../src/inbox/ingest.ts"
import { Providers } from "../../src/inbox/Providers.ts"
import { Database } from "../../src/postgres/Database.ts"
import { migrate } from "../../src/postgres/Migrate.ts"
import { exportLog } from "../../src/transfer/exportLog.ts"
import { body } from "../bodies.ts"

/** An adapter from before: it did not know of deadlines. */
const oldOmise: typeof omise = {
  ...omise,
  translate: (value, settings) => {
    const [first, ...rest] = omise.translate(value, settings).map(part =>
      part._tag === "Implied"
        ? {
            ...part,
            events: part.events.map(event => {
              if (event._tag !== "PaymentAwaiting") return event
              const { deadline: _, ...others } = event
              return others
            }),
          }
        : part,
    )
    return first === undefined ? [{ _tag: "Ignored", reason: "nothing" }] : [first, ...rest]
  },
}

const charge = (number: number, yen: number, changes: Readonly<Record<string, unknown>> = {}) =>
  omiseKonbini(`chrg_${number}`, yen, `A-${number}`, { created: "2026-10-31T01:00:00Z", ...changes })
const paid = { status: "successful", authorized: true, paid: true }
const expired = { status: "failed", failure_code: "timeout", failure_message: "Payee did not take action" }

/** When each body came in: some payments of a shop in Tokyo, from the last day of October on. */
const DELIVERIES = [
  ["2026-10-31T01:00:01.000Z", charge(1, 1500)],
  ["2026-10-31T01:00:02.000Z", charge(2, 2980)],
  ["2026-11-01T03:00:00.000Z", omiseEvent("charge.complete", "2026-11-01T03:00:00Z", charge(2, 2980, expired))],
  ["2026-11-01T11:00:00.000Z", omiseEvent("charge.complete", "2026-11-01T11:00:00Z", charge(1, 1500, paid))],
  ["2026-11-01T12:00:00.000Z", charge(3, 700)],
  ["2026-11-02T05:00:00.000Z", omiseEvent("charge.complete", "2026-11-02T05:00:00Z", charge(2, 2980, paid))],
  ["2026-11-30T15:30:00.000Z", omiseEvent("charge.complete", "2026-11-30T15:30:00Z", charge(4, 500, paid))],
] as const

/** Records them in the log of `default`, at their times, and gives the exported file. */
export const fillNovember = Effect.gen(function* () {
  yield* migrate()
  const database = yield* Database
  for (const [instant, value] of DELIVERIES) {
    yield* TestClock.setTime(Date.parse(instant))
    const [outcome] = yield* ingest("default", "omise", [body(value)])
    // The database's own clock cannot be set.
    yield* database.query("set clock", kysely =>
      kysely
        .updateTable("delivery")
        .set({ received_at: instant, last_received_at: instant })
        .where("delivery_id", "=", outcome?.deliveryId ?? 0)
        .execute(),
    )
  }
  return yield* Stream.mkString(exportLog("default"))
}).pipe(Effect.provideService(Providers, [oldOmise, univapay]), Effect.provide(TestClock.layer()))
