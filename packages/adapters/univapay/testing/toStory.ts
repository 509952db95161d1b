import type { Money, PaymentMethod } from "@payfold/domain"
import type { Snapshot, Story, Truth, WentBack } from "@payfold/domain/testing"
import {
  bankTransferStatusBody,
  type ChargeBody,
  cancelBody,
  chargeBody,
  expiryBody,
  refundBody,
  tokenBody,
} from "./bodies.ts"
import { type EnvelopeHabit, wrap } from "./envelopes.ts"

/** What is left to chance in telling one truth. Any choice tells the same truth. */
export interface Telling {
  /** One for each body, in turn. */
  readonly envelopes: ReadonlyArray<EnvelopeHabit>
  /** Which failure that names no published cause stands for an expiry; which published one for a failure. */
  readonly errors: number
  /** Does a finished charge still hold the payer's number? */
  readonly keepsNumber: boolean
  /** Is charge, token and expiry fetched together while the payment waits? */
  readonly fetchesSet: boolean
  readonly amountsAsTexts: boolean
  readonly deposits: "exact" | "insufficient" | "exceeded"
}

/** What a payer could have done at UnivaPay, told by its bodies. */
export function toStory(truth: Truth, telling: Telling): Story {
  const chargeId = truth.payment.slice("univapay:".length)
  const teller = new Teller(chargeId, truth, telling)
  const charges = statusesOf(truth).map(status => teller.charge(status))
  const [first = teller.charge("pending"), ...rest] = charges
  // A charge paid by bank transfer does not say so: only its token does.
  const fetches = telling.fetchesSet || truth.method._tag === "BankTransfer"
  const set = fetches && charges.length > 1 ? [teller.set()] : []
  const deposits = truth.method._tag === "BankTransfer" && truth.received !== undefined ? [teller.deposits()] : []
  const refunds = truth.wentBack.flatMap(back => [teller.refund(back, "pending"), teller.refund(back, "successful")])
  const cancels = truth.status === "failed" && failedAs(truth, telling) === "canceled" ? teller.cancels() : []
  return {
    truth,
    snapshots: [first, ...rest.slice(0, 1), ...set, ...deposits, ...rest.slice(1), ...cancels, ...refunds],
  }
}

type Stage = "pending" | "awaiting" | "expired" | "failed" | "successful"

function statusesOf({ status, discrepancies }: Truth): ReadonlyArray<Stage> {
  switch (status) {
    case "created":
      return ["pending"]
    case "awaiting":
      return ["pending", "awaiting"]
    case "expired":
      return ["pending", "awaiting", "expired"]
    case "failed":
      return ["pending", "awaiting", "failed"]
    case "paid":
    case "refunded":
      return [
        "pending",
        "awaiting",
        ...(discrepancies.includes("paid-after-expired") ? (["expired"] as const) : []),
        ...(discrepancies.includes("paid-after-failed") ? (["failed"] as const) : []),
        "successful",
      ]
  }
}

/** Failures by a published cause, in error, or called off by the merchant. */
const FAILURES = [
  { status: "failed", error: { code: 310, message: "Invalid consumer data" } },
  { status: "error", error: {} },
  { status: "canceled" },
] as const
/** No source says which of these an expired charge carries. */
const EXPIRIES = [
  {},
  { error: {} },
  { error: { code: 313, message: "Expired" } },
  { error: { code: 999, message: "New" } },
] as const

function failedAs({ discrepancies }: Truth, { errors }: Telling): string {
  const failure = FAILURES[errors % FAILURES.length] ?? FAILURES[0]
  // A charge called off by the merchant takes no money any more.
  return failure.status === "canceled" && discrepancies.length > 0 ? "failed" : failure.status
}

class Teller {
  readonly #chargeId: string
  readonly #truth: Truth
  readonly #telling: Telling
  #told = 0

  constructor(chargeId: string, truth: Truth, telling: Telling) {
    this.#chargeId = chargeId
    this.#truth = truth
    this.#telling = telling
  }

  charge(stage: Stage): Snapshot {
    const body = this.#chargeBody(stage)
    const event = stage === "pending" || stage === "awaiting" ? "charge_updated" : "charge_finished"
    const { habits, ...told } = this.#tell(event, `charge ${stage}`, "charge", body)
    const number = Object.hasOwn(Object(body["metadata"]), NUMBER)
    const vanished = stage === "awaiting" && this.#truth.orderReference !== undefined
    const texts = this.#telling.amountsAsTexts ? ["amounts as texts"] : []
    return {
      ...told,
      instructs: number,
      habits: [...habits, ...texts, ...(vanished ? ["the merchant's keys vanish"] : [])],
    }
  }

  /** What `snapshot` fetches while the payment waits. */
  set(): Snapshot {
    const { method, mode } = this.#truth
    const charge = this.#chargeBody("awaiting")
    const token = tokenBody(TOKEN_ID, mode, method)
    const expiry = isCash(method) ? expiryBody(this.#chargeId) : null
    return {
      label: "charge awaiting, with its token and its expiry",
      objects: ["charge", "token", "expiry"],
      body: { charge, token, expiry },
      instructs: isCash(method),
      habits: ["charge, token and expiry together"],
    }
  }

  deposits(): Snapshot {
    const { requested } = this.#truth
    const body = bankTransferStatusBody(this.#chargeId, requested, this.#telling.deposits)
    return this.#tell("bank_transfer_status_updated", `deposits ${this.#telling.deposits}`, "bank transfer", body)
  }

  refund(back: WentBack, status: "pending" | "successful"): Snapshot {
    const body = refundBody(this.#chargeId, this.#truth.mode, { ...back, reason: REASONS[back._tag] }, status)
    return this.#tell("refund_finished", `refund ${status}`, `refund ${back.id}`, body)
  }

  cancels(): ReadonlyArray<Snapshot> {
    return ["pending", "successful"].map(status =>
      this.#tell("cancel_finished", `cancel ${status}`, "cancel", cancelBody(this.#chargeId, this.#truth.mode, status)),
    )
  }

  #tell(event: string, label: string, object: string, data: unknown): Snapshot {
    const habit = this.#telling.envelopes[this.#told % Math.max(1, this.#telling.envelopes.length)] ?? "API answer"
    this.#told += 1
    const body = wrap(habit, event, data, this.#told % 10)
    return { label: `${label} (${habit})`, objects: [object], body, instructs: false, habits: [habit] }
  }

  #chargeBody(stage: Stage): Readonly<Record<string, unknown>> {
    const { mode, requested, received } = this.#truth
    const told: ChargeBody = {
      id: this.#chargeId,
      tokenId: TOKEN_ID,
      mode,
      requested,
      // An amount is filled in while nobody has paid anything.
      ...(stage === "pending"
        ? {}
        : { charged: stage === "successful" && received !== undefined ? received : requested }),
      metadata: this.#metadata(stage),
      ...this.#standing(stage),
    }
    const body = chargeBody(told)
    return this.#telling.amountsAsTexts ? { ...body, requested_amount: String(requested.amount) } : body
  }

  #standing(stage: Stage): Pick<ChargeBody, "status" | "error"> {
    switch (stage) {
      case "expired":
        return { status: "failed", ...(EXPIRIES[this.#telling.errors % EXPIRIES.length] ?? {}) }
      case "failed": {
        const status = failedAs(this.#truth, this.#telling)
        return FAILURES.find(failure => failure.status === status) ?? FAILURES[0]
      }
      default:
        return { status: stage }
    }
  }

  #metadata(stage: Stage): Readonly<Record<string, string>> {
    const { method, orderReference } = this.#truth
    const isPaidByNumber = method._tag === "Konbini" || method._tag === "PayEasy"
    const holdsNumber = isPaidByNumber && (stage === "awaiting" || (stage !== "pending" && this.#telling.keepsNumber))
    return {
      ...(orderReference === undefined || stage === "awaiting" ? {} : { order_id: orderReference }),
      ...(holdsNumber ? { [NUMBER]: "20020-123456789012" } : {}),
    }
  }
}

const NUMBER = "internal_convenience_payment_number"
const TOKEN_ID = "11ed07f5-2da0-18ce-96f7-9f06340a7a87"
const REASONS: Readonly<Record<WentBack["_tag"], string>> = {
  Refund: "customer_request",
  Chargeback: "chargeback",
  ChargebackReversal: "chargeback_reverse",
}

/** Paid at a counter or into an account: these expire, and are never refunded. */
export function isCash(method: PaymentMethod): boolean {
  return method._tag === "Konbini" || method._tag === "PayEasy" || method._tag === "BankTransfer"
}

/** What deposits of this kind bring for an amount asked for. */
export function depositedFor(requested: Money, deposits: Telling["deposits"]): Money {
  const off = { exact: 0, insufficient: -1, exceeded: 1 }[deposits]
  return { amount: Math.max(1, requested.amount + off), currency: requested.currency }
}
