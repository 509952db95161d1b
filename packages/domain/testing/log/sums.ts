import { netWentBack, type Truth } from "../deliveries/Truth.ts"
import type { Amount, ViewRow } from "./LogStore.ts"

/** Minor units by `<mode> <received or refunded> <currency>`; a sum of nothing is absent. */
export type Sums = ReadonlyMap<string, number>

/** What a view says was received and given back. */
export function sumsOfView(rows: ReadonlyArray<ViewRow>): Sums {
  return sums(
    rows.flatMap(({ mode, received, refunded }) => [
      { of: `${mode} received`, ...(received ?? NOTHING) },
      { of: `${mode} refunded`, ...(refunded ?? NOTHING) },
    ]),
  )
}

/** What truly was received and given back. */
export function sumsOfTruth(all: ReadonlyArray<Truth>): Sums {
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
