import { Database, type DatabaseUrl, EventLog, migrate } from "@payfold/app"
import { Effect, Stream } from "effect"

/** Appends an event by hand, and follows the log from the position a reader has dealt with. */
export const appendAndFollow = (url: DatabaseUrl, dealtWith: number) =>
  Effect.gen(function* () {
    yield* migrate()
    const log = yield* EventLog
    const paid = {
      type: "PaymentPaid",
      schemaVersion: 1,
      adapter: "operator",
      adapterVersion: 1,
      deliveryId: null,
      correlation: "ticket 4711",
      data: '{"_tag":"PaymentPaid","schemaVersion":1,"adapter":{"name":"operator","version":1}}',
    }
    const stream = yield* log.readPayment("omise:chrg_1")
    const appended = yield* log.append({
      key: "ticket 4711",
      payments: [{ payment: "omise:chrg_1", expected: stream.length, events: [paid] }],
    })
    const next = yield* log.subscribe(dealtWith).pipe(Stream.take(1), Stream.runCollect)
    return { appended, next }
  }).pipe(Effect.provide(EventLog.layer("default")), Effect.provide(Database.layer(url)))
