import type { Charge } from "../wire/Charge.ts"

/** How a charge stands; `unknown` keeps a word that Omise may add tomorrow. */
export type Outcome =
  | { readonly _tag: "pending" | "successful" | "failed" | "expired" | "reversed" }
  | { readonly _tag: "unknown"; readonly word: string }

const STATUSES = ["pending", "successful", "failed", "expired", "reversed"] as const

/**
 * Read from `status` alone: `expired: true` stands beside `failed` in recorded charges, and the key of an event says nothing.
 *
 * Only objects of 2014 and 2015 have no status. There the flags decide, money received first; `undefined` where they are missing too.
 */
export function outcomeOf(charge: Charge): Outcome | undefined {
  const { status } = charge
  if (status === undefined || status === null) return outcomeFromFlags(charge)
  const tag = STATUSES.find(word => word === status)
  return tag === undefined ? { _tag: "unknown", word: status } : { _tag: tag }
}

function outcomeFromFlags(charge: Charge): Outcome | undefined {
  if (charge.captured === true || charge.paid === true) return { _tag: "successful" }
  if (charge.reversed === true) return { _tag: "reversed" }
  if (charge.failure_code !== undefined) return { _tag: "failed" }
  return charge.captured === undefined && charge.paid === undefined ? undefined : { _tag: "pending" }
}
