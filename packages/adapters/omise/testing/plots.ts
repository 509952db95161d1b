import type { DiscrepancyCode, PaymentStatus } from "@payfold/domain"
import fc from "fast-check"
import type { SimulatedCharge, SimulatedDispute, SimulatedRefund } from "./SimulatedCharge.ts"
import type { SimulatedMethod } from "./SimulatedMethod.ts"

/** One change of a charge, and the key of the event that tells it. */
export interface Step {
  readonly key: string
  readonly charge: SimulatedCharge
}

/** How a charge's life goes, and what must be known of it at the end. */
export interface Plot {
  readonly steps: readonly [Step, ...ReadonlyArray<Step>]
  readonly status: PaymentStatus
  readonly discrepancies: ReadonlyArray<DiscrepancyCode>
  /** `flags that disagree`, say: what Omise does here that careful code must survive. */
  readonly habits: ReadonlyArray<string>
}

const FAILURE_CODES = ["payment_cancelled", "insufficient_balance", "failed_processing", "a_code_of_tomorrow"] as const

type Ending = (typeof ENDINGS)[number]
const ENDINGS = [
  "waiting",
  "authorized",
  "authorized",
  "paid",
  "paid",
  "failed",
  "expired",
  "reversed",
  "paid after expiry",
  "paid after failure",
  "flags disagree",
  "captured in part",
  "refunded in part",
  "refunded",
  "voided",
  "lost dispute",
  "won dispute",
] as const

/** What is left to chance in a life, drawn before the charge is known. */
export const fortunes: fc.Arbitrary<Fortune> = fc.record({
  ending: fc.nat(ENDINGS.length * 100),
  failureCode: fc.constantFrom(...FAILURE_CODES),
  share: fc.integer({ min: 1, max: 999 }),
  id: fc.maxSafeNat(),
  bareVoid: fc.boolean(),
  newReference: fc.option(fc.constantFrom("order-2", "order-3"), { nil: undefined }),
})

interface Fortune {
  /** Any number: which of the endings that the method can have. */
  readonly ending: number
  readonly failureCode: string
  /** Thousandths of the amount: what is captured, given back or disputed of it. */
  readonly share: number
  readonly id: number
  readonly bareVoid: boolean
  readonly newReference: string | undefined
}

/** The life of one charge. */
export function plotOf(created: SimulatedCharge, fortune: Fortune): Plot {
  const endings = ENDINGS.filter(ending => canEnd(created.paidBy, ending))
  const ending = endings[fortune.ending % endings.length] ?? "paid"
  return withReference(plotTo(ending, created, fortune), fortune.newReference)
}

function canEnd({ word, refunds }: SimulatedMethod, ending: Ending): boolean {
  switch (ending) {
    case "authorized":
    case "reversed":
    case "captured in part":
    case "lost dispute":
    case "won dispute":
      return word === "card"
    case "expired":
    case "paid after expiry":
    case "waiting":
      return word !== "card"
    case "flags disagree":
      return word === "econtext"
    case "refunded in part":
      return refunds === "partial"
    case "refunded":
    case "voided":
      return refunds !== "none"
    case "paid":
    case "failed":
    case "paid after failure":
      return true
  }
}

function plotTo(ending: Ending, created: SimulatedCharge, drawn: Fortune): Plot {
  const part = Math.max(1, Math.floor((created.amount * drawn.share) / 1000))
  const start: Step = { key: "charge.create", charge: created }
  const failed = change(created, { status: "failed", failureCode: drawn.failureCode, endedAt: 30 })
  const expired = change(created, { status: "expired", endedAt: 60 })
  const paid = change(created, { status: "successful", endedAt: 90 })
  const complete = (charge: SimulatedCharge): Step => ({ key: "charge.complete", charge })
  const idOf = (kind: string, index: number) =>
    `${kind}_${created.livemode ? "" : "test_"}${drawn.id.toString(36)}${index}`
  const [firstRefund, secondRefund] = [idOf("rfnd", 1), idOf("rfnd", 2)]
  const refund = (id: string, amount: number, at: number): SimulatedRefund => ({ id, amount, at, voided: false })
  switch (ending) {
    case "waiting":
      return plot([start], "awaiting")
    case "authorized":
      return plot([start, complete(change(created, { authorized: true }))], "created")
    case "paid":
      return plot([start, complete(paid)], "paid")
    case "failed":
      return plot([start, complete(failed)], "failed")
    case "expired":
      return plot([start, { key: "charge.expire", charge: expired }], "expired")
    case "reversed": {
      const authorized = change(created, { authorized: true })
      const reversed = change(authorized, { status: "reversed", endedAt: 40 })
      return plot([start, complete(authorized), { key: "charge.reverse", charge: reversed }], "failed")
    }
    case "paid after expiry":
      return plot([start, { key: "charge.expire", charge: expired }, complete(paid)], "paid", ["paid-after-expired"])
    case "paid after failure":
      return plot([start, complete(failed), complete(paid)], "paid", ["paid-after-failed"])
    case "flags disagree":
      return plot([start, complete(change(created, { authorized: true })), complete(paid)], "paid", ["flags-disagree"])
    case "captured in part": {
      const captured = change(paid, { authorized: true, captured: part })
      const authorized: Step = { key: "charge.complete", charge: change(created, { authorized: true }) }
      return plot([start, authorized, { key: "charge.capture", charge: captured }], "paid", [], ["captured in part"])
    }
    case "refunded in part": {
      const once = change(paid, { refunds: [refund(firstRefund, part, 120)] })
      return plot(
        [start, complete(paid), { key: "refund.create", charge: once }],
        part === created.amount ? "refunded" : "paid",
      )
    }
    case "refunded": {
      const whole = created.paidBy.refunds === "full" || part === created.amount
      const amounts = whole ? [created.amount] : [part, created.amount - part]
      const refunds = amounts.map((amount, index) =>
        refund(index === 0 ? firstRefund : secondRefund, amount, 120 + index),
      )
      const steps = refunds.map((_, index) => ({
        key: "refund.create",
        charge: change(paid, { refunds: refunds.slice(0, index + 1) }),
      }))
      return plot([start, complete(paid), ...steps], "refunded")
    }
    case "voided": {
      const voided = drawn.bareVoid
        ? change(paid, { voidedBare: true })
        : change(paid, { refunds: [{ ...refund(firstRefund, created.amount, 100), voided: true }] })
      const key = drawn.bareVoid ? "charge.update" : "refund.create"
      const habits = drawn.bareVoid ? ["void without a refund"] : []
      return plot([start, complete(paid), { key, charge: voided }], "refunded", [], habits)
    }
    case "lost dispute":
    case "won dispute": {
      const id = idOf("dspt", 1)
      const dispute = (status: SimulatedDispute["status"], at: number) =>
        change(paid, { dispute: { id, amount: created.amount, status, at } })
      const isLost = ending === "lost dispute"
      const open: Step = { key: "dispute.create", charge: dispute("open", 200) }
      const closed: Step = { key: "dispute.close", charge: dispute(isLost ? "lost" : "won", 300) }
      return plot([start, complete(paid), open, closed], isLost ? "refunded" : "paid")
    }
  }
}

function change(charge: SimulatedCharge, fields: Partial<SimulatedCharge>): SimulatedCharge {
  return { ...charge, ...fields }
}

function plot(
  steps: Plot["steps"],
  status: PaymentStatus,
  discrepancies: Plot["discrepancies"] = [],
  habits: Plot["habits"] = [],
): Plot {
  return { steps, status, discrepancies, habits }
}

/** The merchant may change the charge's metadata at any time; here at the end, when it must not undo anything. */
function withReference(plot: Plot, orderReference: string | undefined): Plot {
  const last = plot.steps[plot.steps.length - 1]
  if (orderReference === undefined || last === undefined) return plot
  const updated: Step = { key: "charge.update", charge: change(last.charge, { orderReference }) }
  return { ...plot, steps: [...plot.steps, updated], habits: [...plot.habits, "reference changed"] }
}
