import fc from "fast-check"
import type { PaymentId } from "../../src/PaymentId.ts"
import { fold } from "../../src/payment/fold.ts"
import { type Law, lawOf } from "../Law.ts"
import { type Books, books } from "../log/books.ts"
import { type LogStore, toViewRow, type ViewRow } from "../log/LogStore.ts"
import { type Sums, sumsOfTruth, sumsOfView } from "../log/sums.ts"
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
      async (store, { truths: all }) => sameSums(sumsOfView(await store.view()), sumsOfTruth(all)),
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

function sameSums(a: Sums, b: Sums): boolean {
  return stateText(Object.fromEntries(a)) === stateText(Object.fromEntries(b))
}
