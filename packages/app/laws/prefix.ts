import { Effect } from "effect"
import { prefixLaw } from "../testing/laws/prefixLaw.ts"
import { earlyCounterStore, payfoldStore, sequenceStore } from "../testing/laws/RacingStore.ts"
import { addMerchant, plainDatabase } from "../testing/laws/withLogs.ts"
import type { Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

/** Nine in ten commit, with five events on average: 22,500 appends are 10^5 events. */
const APPENDS = 22_500

export const prefix: Law = async (server, chance) => {
  const url = await migratedDatabase(server, "prefix")
  const run = async (store: typeof payfoldStore, merchant: string, appends: number) => {
    await Effect.runPromise(addMerchant(merchant).pipe(Effect.provide(plainDatabase(url, 1))))
    return await prefixLaw(store, { url, merchant, connections: 64, appends, seed: chance.seed })
  }
  const found = await run(payfoldStore, "payfold", APPENDS)
  const broken = []
  for (const store of [sequenceStore, earlyCounterStore]) {
    const { violations, ...figures } = await run(store, store.name, 1_000)
    const missed = violations.includes("prefix") ? [] : ["the broken store was not found out"]
    broken.push({ what: `broken: ${store.name}`, ...figures, found: violations, violations: missed })
  }
  return [{ what: "64 connections, 4 readers", ...found }, ...broken]
}
