import type { PaymentId } from "../../src/PaymentId.ts"
import { decide } from "../../src/payment/decide.ts"
import { evolve } from "../../src/payment/evolve.ts"
import { fold } from "../../src/payment/fold.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { type PaymentState, UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { type LogStore, toViewRow } from "./LogStore.ts"

/** The reference store, in memory: to compare a real one with, and to read what a store must do. */
export function memoryLog(): Promise<LogStore> {
  const entries: Array<{ readonly payment: PaymentId; readonly event: PaymentEvent }> = []
  const states = new Map<PaymentId, PaymentState>()
  const stream = (payment: PaymentId) => entries.filter(entry => entry.payment === payment).map(({ event }) => event)
  return Promise.resolve({
    record: (payment, implied) => {
      const known = states.get(payment) ?? UNKNOWN_PAYMENT
      const news = decide(known, implied)
      entries.push(...news.map(event => ({ payment, event })))
      if (news.length > 0) states.set(payment, news.reduce(evolve, known))
      return Promise.resolve(news)
    },
    withdraw: (payment, withdrawal) => {
      entries.push({ payment, event: withdrawal })
      states.set(payment, fold(stream(payment)))
      return Promise.resolve()
    },
    log: () => Promise.resolve([...entries]),
    view: () => Promise.resolve([...states].map(([payment, state]) => toViewRow(payment, state))),
    rebuild: () => {
      const payments = new Set(entries.map(({ payment }) => payment))
      states.clear()
      for (const payment of payments) states.set(payment, fold(stream(payment)))
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  })
}
