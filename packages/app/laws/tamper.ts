import { Effect } from "effect"
import { EventLog } from "../src/log/EventLog.ts"
import type { Database } from "../src/postgres/Database.ts"
import { tamperLaw, verifyWithoutChain } from "../testing/laws/tamperLaw.ts"
import { addMerchant, plainDatabase } from "../testing/laws/withLogs.ts"
import type { Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

export const tamper: Law = async (server, chance) => {
  const url = await migratedDatabase(server, "tamper")
  const run = <A, E>(merchant: string, law: Effect.Effect<A, E, EventLog | Database>) =>
    Effect.runPromise(
      Effect.andThen(addMerchant(merchant), law.pipe(Effect.provide(EventLog.layer(merchant)))).pipe(
        Effect.provide(plainDatabase(url, 2)),
      ),
    )
  const found = await run(
    "sound",
    Effect.flatMap(EventLog, log => tamperLaw(log.verify, 1_000, chance)),
  )
  const poor = await run("poor", tamperLaw(verifyWithoutChain("poor"), 200, chance))
  return [
    { what: "tampered at random", tried: found.tried, violations: found.missed },
    {
      what: "broken: a verifier without the chain",
      missed: poor.missed.length,
      violations: poor.missed.length > 0 ? [] : ["the broken verifier was not found out"],
    },
  ]
}
