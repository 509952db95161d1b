import { evolve } from "../../src/payment/evolve.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { type LogStore, toViewRow } from "../log/LogStore.ts"
import { memoryLog } from "../log/memoryLog.ts"
import type { Broken } from "./Broken.ts"

/** Stores of which one promise is broken, each made of the reference. */
export const BROKEN_STORES: ReadonlyArray<Broken<() => Promise<LogStore>>> = [
  {
    mistake: "a payment received twice is counted twice",
    rejectedBy: "6 conservation: the view's sums are the truth's",
    implementation: wrong(store => ({
      ...store,
      view: async () => (await store.view()).flatMap(row => (row.status === "refunded" ? [row, row] : [row])),
    })),
  },
  {
    mistake: "payments that still wait have no row",
    rejectedBy: "6 conservation: the view is the log's fold",
    implementation: wrong(store => ({
      ...store,
      view: async () => (await store.view()).filter(({ status }) => status !== "awaiting"),
    })),
  },
  {
    mistake: "every delivery is taken for news",
    rejectedBy: "4 silence: a store records nothing twice",
    implementation: wrong(store => ({
      ...store,
      record: async (payment, implied) => {
        await store.record(payment, implied)
        return implied
      },
    })),
  },
  {
    mistake: "a rebuild forgets that something was withdrawn",
    rejectedBy: "10 replay: a rebuilt view is the live one",
    implementation: wrong(store => {
      let isRebuilt = false
      return {
        ...store,
        rebuild: () => {
          isRebuilt = true
          return Promise.resolve()
        },
        view: async () => {
          if (!isRebuilt) return store.view()
          const log = await store.log()
          return [...new Set(log.map(({ payment }) => payment))].map(payment => {
            const said = log.filter(entry => entry.payment === payment).map(({ event }) => event)
            return toViewRow(payment, said.reduce(evolve, UNKNOWN_PAYMENT))
          })
        },
      }
    }),
  },
]

function wrong(make: (right: LogStore) => LogStore): () => Promise<LogStore> {
  return async () => make(await memoryLog())
}
