import fc from "fast-check"
import type { PaymentId } from "../../src/PaymentId.ts"
import { fold } from "../../src/payment/fold.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { netWentBack, type Truth } from "../deliveries/Truth.ts"
import { truths } from "../deliveries/truths.ts"
import { methods } from "../generators/methods.ts"
import { type Law, lawOf } from "../Law.ts"
import { type Amount, type LogStore, toViewRow, type ViewRow } from "../log/LogStore.ts"
import { reportsOf } from "../log/reportsOf.ts"
import { stateText } from "../stateText.ts"

/** Laws 6 and 10, and 4 end to end, on any store. `open` gives an empty one; `cost`: how many times fewer runs it gets. */
export function logLaws(
  open: () => Promise<LogStore>,
  cost: { readonly cost: number } = { cost: 4 },
): ReadonlyArray<Law> {
  const onStore = (name: string, rule: string, holds: (store: LogStore, books: Books) => Promise<boolean>): Law =>
    lawOf(
      name,
      rule,
      fc.asyncProperty(books, async drawn => {
        const store = await open()
        try {
          for (const { payment, implied } of drawn.deliveries) await store.record(payment, implied)
          return await holds(store, drawn)
        } finally {
          await store.close()
        }
      }),
      cost,
    )
  return [
    onStore(
      "6 conservation: the view's sums are the truth's",
      "Per currency and mode, what the view says was received and given back is what the provider's payments did",
      async (store, { truths: all }) => sumsText(sumsOfView(await store.view())) === sumsText(sumsOfTruth(all)),
    ),
    onStore(
      "6 conservation: the view is the log's fold",
      "Each row shows what the fold of its payment's events knows, and there is a row for each payment",
      async store => rowsText(await store.view()) === rowsText(foldOf(await store.log())),
    ),
    onStore(
      "4 silence: a store records nothing twice",
      "All deliveries once more append nothing",
      async (store, { deliveries }) => {
        const before = await store.log()
        for (const { payment, implied } of deliveries) {
          if ((await store.record(payment, implied)).length > 0) return false
        }
        return (await store.log()).length === before.length
      },
    ),
    onStore(
      "10 replay: a rebuilt view is the live one",
      "Rebuilding changes no row, after a withdrawal too",
      async (store, { truths: all, withdrawn }) => {
        const [first] = all
        if (first !== undefined) await store.withdraw(first.payment, withdrawal(first.payment, withdrawn))
        const live = rowsText(await store.view())
        await store.rebuild()
        return rowsText(await store.view()) === live && live === rowsText(foldOf(await store.log()))
      },
    ),
  ]
}

interface Books {
  readonly truths: ReadonlyArray<Truth>
  readonly deliveries: ReadonlyArray<{ readonly payment: PaymentId; readonly implied: ReadonlyArray<PaymentEvent> }>
  /** A version that is withdrawn from the first payment's stream. */
  readonly withdrawn: number
}

const payments = truths({
  provider: "example",
  chargeIds: fc.integer({ min: 1, max: 9 }).map(number => `c${number}`),
  methods,
  currencies: fc.constantFrom("JPY", "THB"),
  statuses: ["created", "awaiting", "expired", "failed", "paid", "refunded"],
  refundIds: fc.constantFrom("r1", "r2", "r3"),
})

/** A few payments and their reports, in any order, some of them twice. */
const books: fc.Arbitrary<Books> = fc
  .record({
    truths: fc.uniqueArray(payments, { selector: ({ payment }) => payment, maxLength: 4 }),
    order: fc.infiniteStream(fc.nat(20)),
    withdrawn: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ truths: all, order, withdrawn }) => {
    const sent = all.flatMap(truth => reportsOf(truth).map(implied => ({ payment: truth.payment, implied })))
    const twice = [...sent, ...sent.filter((_, index) => index % 3 === 0)]
    const deliveries = twice
      .map(delivery => ({ delivery, at: order.next().value ?? 0 }))
      .sort((a, b) => a.at - b.at)
      .map(({ delivery }) => delivery)
    return { truths: all, deliveries, withdrawn }
  })

function withdrawal(payment: PaymentId, version: number) {
  const adapter = { name: payment.slice(0, payment.indexOf(":")), version: 1 }
  return {
    ...({ _tag: "FactsWithdrawn", schemaVersion: 1 } as const),
    ...{ adapter, versions: [version] as const, reason: "a mistake", withdrawnBy: "an operator" },
  }
}

function foldOf(log: Awaited<ReturnType<LogStore["log"]>>): ReadonlyArray<ViewRow> {
  const all = new Set(log.map(({ payment }) => payment))
  return [...all].map(payment =>
    toViewRow(payment, fold(log.filter(entry => entry.payment === payment).map(({ event }) => event))),
  )
}

function rowsText(rows: ReadonlyArray<ViewRow>): string {
  return rows.map(stateText).sort().join("\n")
}

type Sums = ReadonlyMap<string, number>

function sumsOfView(rows: ReadonlyArray<ViewRow>): Sums {
  return sums(
    rows.flatMap(({ mode, received, refunded }) => [
      { of: `${mode} received`, ...(received ?? NOTHING) },
      { of: `${mode} refunded`, ...(refunded ?? NOTHING) },
    ]),
  )
}

function sumsOfTruth(all: ReadonlyArray<Truth>): Sums {
  return sums(
    all.flatMap(truth => [
      { of: `${truth.mode} received`, ...(truth.received ?? NOTHING) },
      ...[...netWentBack(truth)].map(([currency, amount]) => ({ of: `${truth.mode} refunded`, amount, currency })),
    ]),
  )
}

const NOTHING: Amount = { amount: 0, currency: "none" }

function sums(amounts: ReadonlyArray<Amount & { readonly of: string }>): Sums {
  const total = new Map<string, number>()
  for (const { of, amount, currency } of amounts) {
    if (amount !== 0) total.set(`${of} ${currency}`, (total.get(`${of} ${currency}`) ?? 0) + amount)
  }
  return total
}

function sumsText(all: Sums): string {
  return stateText(Object.fromEntries(all))
}
