import { instantFromMilliseconds } from "../../src/Instant.ts"
import { says } from "../../src/payment/evolve.ts"
import { join } from "../../src/payment/join.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import type { Broken } from "./Broken.ts"
import { joinedBy } from "./joinedBy.ts"

const addsUp = joinedBy((a, b) => {
  const received = { ...a.received }
  for (const [currency, amount] of Object.entries(b.received)) received[currency] = (received[currency] ?? 0) + amount
  return { ...join(a, b), received }
})

const lastWriteWins = joinedBy((a, b) => ({ ...join(a, b), facts: { ...a.facts, ...b.facts } }))

const averages = joinedBy((a, b) => {
  if (a.deadline === undefined || b.deadline === undefined) return join(a, b)
  const middle = instantFromMilliseconds(Math.floor((Date.parse(a.deadline) + Date.parse(b.deadline)) / 2))
  return { ...join(a, b), deadline: middle }
})

/** Totals stay even where the refunds known by id explain them. */
export const keepsTotals = joinedBy((a, b) => {
  const totals = { ...a.refundedTotal }
  for (const [currency, amount] of Object.entries(b.refundedTotal)) {
    totals[currency] = Math.max(totals[currency] ?? 0, amount)
  }
  return { ...join(a, b), refundedTotal: totals }
})

/** Joins of states that break one law each. */
export const BROKEN_JOINS: ReadonlyArray<Broken<PaymentModel>> = [
  { mistake: "amounts received are added up", rejectedBy: "1 join: idempotent", implementation: addsUp },
  { mistake: "amounts received are added up", rejectedBy: "2 confluence: deliveries absorb", implementation: addsUp },
  { mistake: "the last report of a field wins", rejectedBy: "1 join: commutative", implementation: lastWriteWins },
  {
    mistake: "the last report of a field wins",
    rejectedBy: "2 confluence: deliveries commute",
    implementation: lastWriteWins,
  },
  {
    mistake: "the last report of a field wins",
    rejectedBy: "2 confluence: every order of three",
    implementation: lastWriteWins,
  },
  {
    mistake: "the last report of a field wins",
    rejectedBy: "2 confluence: every order of up to seven",
    implementation: lastWriteWins,
  },
  { mistake: "two deadlines meet in the middle", rejectedBy: "1 join: associative", implementation: averages },
  {
    mistake: "keys stay in the order in which they were told",
    rejectedBy: "1 join: normal form",
    implementation: joinedBy((a, b) => ({ ...join(a, b), facts: { ...a.facts, ...join(a, b).facts } })),
  },
  {
    mistake: "sentences are kept as told, twice and in any order",
    rejectedBy: "1 join: what an event says is in normal form",
    implementation: {
      ...PAYMENT_MODEL,
      says: event => ({
        ...says(event),
        disagreements: event._tag === "PaymentCreated" ? (event.disagreements ?? []) : [],
      }),
    },
  },
  {
    mistake: "every join is a new object",
    rejectedBy: "1 join: identity",
    implementation: { ...PAYMENT_MODEL, join: (a, b) => ({ ...join(a, b) }) },
  },
  {
    mistake: "a total stays although the refunds known by id explain it",
    rejectedBy: "4 silence: one refund, one event",
    implementation: keepsTotals,
  },
  {
    mistake: "the latest instant is kept",
    rejectedBy: "4 silence: the earliest instant is news, a later one is not",
    implementation: {
      ...PAYMENT_MODEL,
      decide: (state, implied) =>
        implied.filter(
          event => event._tag === "PaymentExpired" && (event.expiredAt ?? "") > (state.instants["expiredAt"] ?? ""),
        ),
    },
  },
]
