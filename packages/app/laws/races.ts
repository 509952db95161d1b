import { Effect } from "effect"
import { deadlocks } from "../testing/laws/deadlockLaw.ts"
import { crowd, oneFact, oneWinner } from "../testing/laws/racingLaws.ts"
import { addMerchant, plainDatabase, separateLogs } from "../testing/laws/withLogs.ts"
import type { Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

export const races: Law = async (server, chance) => {
  const url = await migratedDatabase(server, "races")
  const merchants = Array.from({ length: 8 }, (_, index) => `merchant-${index}`)
  const law = Effect.gen(function* () {
    yield* Effect.forEach(["race", "fact", ...merchants], addMerchant)
    const winners = yield* oneWinner(yield* separateLogs("race", 8), 500)
    const facts = yield* oneFact(yield* separateLogs("fact", 8), 200)
    const logs = yield* Effect.forEach(merchants, merchant => separateLogs(merchant, 8))
    const crowded = yield* crowd(logs, 8, 50, chance)
    return [
      { what: "one winner of 64", rounds: 500, violations: winners },
      { what: "one fact of 64 identical appends", rounds: 200, violations: facts },
      { what: "8 merchants × 8 writers", appends: 8 * 8 * 50, violations: crowded },
    ]
  })
  const found = await Effect.runPromise(Effect.scoped(law).pipe(Effect.provide(plainDatabase(url, 16))))
  const rounds = 200
  const count = await deadlocks(url, merchants, rounds, chance, sql => sql)
  const violations = count === 0 ? [] : [`${count} deadlocks`]
  return [...found, { what: "statements that want each other's keys", statements: rounds * 64, violations }]
}
