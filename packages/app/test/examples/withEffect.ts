import { catchUpAll, Database, drain, EventLog, Inbox, ingest, migrate } from "@payfold/app"
import { Effect, Layer } from "effect"

/** Records one body on a database in memory, and says how the log and the view tell it. */
export const withEffect = (body: Uint8Array) =>
  Effect.gen(function* () {
    yield* migrate()
    yield* ingest("default", "omise", [{ bytes: body, source: "example" }])
    yield* drain("default")
    yield* catchUpAll("default")
    const { head } = yield* Effect.provide(EventLog, EventLog.layer("default"))
    const { list } = yield* Effect.provide(Inbox, Inbox.layer("default", {}))
    const database = yield* Database
    const rows = yield* database.query("read view", kysely => kysely.selectFrom("payments").selectAll().execute())
    return { position: (yield* head).position, deliveries: (yield* list("all", 0)).length, rows }
  }).pipe(Effect.provide(Layer.fresh(Database.layer({ _tag: "Memory" }))))
