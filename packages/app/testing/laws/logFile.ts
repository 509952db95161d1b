import { Effect, Layer, Stream } from "effect"
import { sql } from "kysely"
import { EventLog } from "../../src/log/EventLog.ts"
import { addMerchant } from "../../src/merchant/Merchant.ts"
import { Database } from "../../src/postgres/Database.ts"
import { migrate } from "../../src/postgres/Migrate.ts"
import { exportLog } from "../../src/transfer/exportLog.ts"
import { drawBooks, recordSteps, toSteps } from "../views/writeBooks.ts"
import type { Chance } from "./Chance.ts"

const MERCHANT = "shop"

/** The file of a log of so many payments, some 3.7 events each, with a delivery for each append. */
export const logFile = (payments: number, chance: Chance): Promise<string> => {
  const steps = toSteps(drawBooks(payments, chance.seed), chance)
  return Effect.runPromise(
    Effect.gen(function* () {
      yield* migrate()
      yield* addMerchant(MERCHANT, {})
      yield* Effect.flatMap(Database, database =>
        database.query("keep deliveries", kysely =>
          sql`insert into payfold.delivery (merchant, provider, body, body_hash, verdict, state)
            select ${MERCHANT}, 'example', convert_to('delivery ' || number, 'UTF8'), sha256(convert_to('delivery ' || number, 'UTF8')),
              'operator', 'recorded'
            from generate_series(1, ${sql.lit(steps.length)}) as number`.execute(kysely),
        ),
      )
      yield* Effect.provide(recordSteps(steps, 100), EventLog.layer(MERCHANT))
      return yield* Stream.mkString(exportLog(MERCHANT))
    }).pipe(Effect.provide(Layer.fresh(Database.layer({ _tag: "Memory" })))),
  )
}
