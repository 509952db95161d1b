import type { SimulatedMethod } from "./SimulatedMethod.ts"

export interface SimulatedRefund {
  readonly id: string
  readonly amount: number
  readonly voided: boolean
  /** Minutes since the charge was created, like every moment here. */
  readonly at: number
}

export interface SimulatedDispute {
  readonly id: string
  readonly amount: number
  readonly status: "open" | "pending" | "won" | "lost"
  readonly at: number
}

/** A charge as Omise knows it at one moment, in no API version's shape. */
export interface SimulatedCharge {
  readonly id: string
  readonly livemode: boolean
  readonly paidBy: SimulatedMethod
  readonly amount: number
  readonly status: "pending" | "successful" | "failed" | "expired" | "reversed"
  /** The payer has agreed, where nothing was captured yet. */
  readonly authorized: boolean
  /** A card that asks its bank sends the payer to a page first. */
  readonly asksBank: boolean
  readonly captured?: number
  readonly failureCode?: string
  /** When the charge ended, in minutes since its creation. */
  readonly endedAt?: number
  readonly refunds: ReadonlyArray<SimulatedRefund>
  /** A void of which no refund object exists. */
  readonly voidedBare: boolean
  readonly dispute?: SimulatedDispute
  readonly orderReference?: string
}
