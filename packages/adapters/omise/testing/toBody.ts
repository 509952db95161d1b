import type { SimulatedCharge, SimulatedDispute, SimulatedRefund } from "./SimulatedCharge.ts"
import type { Shape } from "./SimulatedMethod.ts"

/** What a body may show or leave out at Omise's or the asker's choice. */
export interface Look {
  readonly shape: Shape
  /** `?expand=true`: a whole dispute instead of its id. */
  readonly expandsDispute: boolean
  /** The list of refunds as it is, or cut off before the first as on a later page. */
  readonly listsRefunds: boolean
}

type Json = Readonly<Record<string, unknown>>

/** A moment in the writing of a shape: with an offset until 2015, with `Z` since. */
export function moment(minutes: number, shape: Shape): string {
  const text = new Date(Date.UTC(2025, 0, 1, 0, minutes)).toISOString().slice(0, 19)
  return isOld(shape) ? `${text}+00:00` : `${text}Z`
}

/** A charge as a body of one API version shows it. */
export function chargeBody(charge: SimulatedCharge, look: Look): Json {
  const { shape } = look
  return {
    object: "charge",
    id: charge.id,
    livemode: charge.livemode,
    location: `/charges/${charge.id}`,
    amount: charge.amount,
    currency: currencyIn(charge, shape),
    description: null,
    ...(shape === "2014" ? {} : { metadata: metadata(charge) }),
    ...statusIn(charge, shape),
    ...refundsIn(charge, look),
    ...methodIn(charge, shape),
    ...(isOld(shape) || shape === "2017" ? {} : attributesOf2019(charge)),
    ...(shape === "2025" ? { captured_amount: capturedAmount(charge), multi_capture: false } : {}),
    dispute: disputeIn(charge, look),
    [shape === "2019" || shape === "2025" ? "created_at" : "created"]: moment(0, shape),
  }
}

/** A refund as it comes in `refund.create`, or inside its charge. */
export function refundBody(charge: SimulatedCharge, refund: SimulatedRefund, shape: Shape): Json {
  const isNew = shape === "2019" || shape === "2025"
  return {
    object: "refund",
    id: refund.id,
    location: `/charges/${charge.id}/refunds/${refund.id}`,
    amount: refund.amount,
    currency: currencyIn(charge, shape),
    charge: charge.id,
    ...(isNew ? { livemode: charge.livemode, voided: refund.voided, status: "closed" } : {}),
    [isNew ? "created_at" : "created"]: moment(refund.at, shape),
  }
}

/** A dispute as it comes in `dispute.*`, or expanded inside its charge. */
export function disputeBody(charge: SimulatedCharge, dispute: SimulatedDispute, shape: Shape): Json {
  const isDecided = dispute.status === "won" || dispute.status === "lost"
  return {
    object: "dispute",
    id: dispute.id,
    livemode: charge.livemode,
    amount: dispute.amount,
    currency: currencyIn(charge, shape),
    status: dispute.status,
    message: null,
    charge: charge.id,
    ...(shape === "2025" ? { closed_at: isDecided ? moment(dispute.at, shape) : null } : {}),
  }
}

/** Does this body tell the payer what to do? Of cards only until the payer has done it. */
export function instructs(charge: SimulatedCharge, shape: Shape): boolean {
  if (charge.status === "pending" && charge.authorized) return false
  return shape !== "2014" && (charge.paidBy.flow !== "direct" || charge.asksBank)
}

function isOld(shape: Shape): boolean {
  return shape === "2014" || shape === "2015"
}

function currencyIn({ paidBy }: SimulatedCharge, shape: Shape): string {
  return shape === "2019" || shape === "2025" ? paidBy.currency : paidBy.currency.toLowerCase()
}

function metadata({ orderReference }: SimulatedCharge): Json {
  return orderReference === undefined ? {} : { order_id: orderReference }
}

function isPaid(charge: SimulatedCharge): boolean {
  return charge.status === "successful"
}

/** Until 2019 an expiry was a failure by time-out; in 2014 there was no status at all. */
function statusIn(charge: SimulatedCharge, shape: Shape): Json {
  const isNew = shape === "2019" || shape === "2025"
  const isOldExpiry = charge.status === "expired" && !isNew
  const failureCode = isOldExpiry ? "timeout" : (charge.failureCode ?? null)
  const flags = {
    capture: true,
    authorized: charge.authorized || isPaid(charge),
    reversed: charge.status === "reversed",
    failure_code: failureCode,
    failure_message: failureCode === null ? null : `the payment failed: ${failureCode}`,
  }
  if (shape === "2014") return { ...flags, captured: isPaid(charge) }
  return { ...flags, paid: isPaid(charge), status: isOldExpiry ? "failed" : charge.status }
}

function refundsIn(charge: SimulatedCharge, { shape, listsRefunds }: Look): Json {
  const { refunds } = charge
  const isNew = shape === "2019" || shape === "2025"
  const sum = refunds.reduce((total, { amount }) => total + amount, 0)
  return {
    [isNew ? "refunded_amount" : "refunded"]: charge.voidedBare ? 0 : sum,
    refunds: {
      object: "list",
      limit: 20,
      offset: listsRefunds ? 0 : 20,
      total: refunds.length,
      data: listsRefunds ? refunds.map(refund => refundBody(charge, refund, shape)) : [],
    },
    ...(isOld(shape)
      ? {}
      : { voided: charge.voidedBare || (refunds.length > 0 && refunds.every(refund => refund.voided)) }),
  }
}

function disputeIn(charge: SimulatedCharge, { shape, expandsDispute }: Look): unknown {
  if (charge.dispute === undefined) return null
  return expandsDispute ? disputeBody(charge, charge.dispute, shape) : charge.dispute.id
}

const PAGES = { direct: "payments", redirect: "offsites", offline: "offlines/econtext/instructions" } as const

function methodIn(charge: SimulatedCharge, shape: Shape): Json {
  const { paidBy } = charge
  const isCard = paidBy.word === "card"
  const hasPage =
    shape !== "2014" && (isCard ? charge.asksBank : paidBy.flow === "redirect" || paidBy.word === "econtext")
  return {
    authorize_uri: hasPage ? `https://pay.omise.co/${PAGES[paidBy.flow]}/${charge.id}` : null,
    card: isCard ? { object: "card", id: "card_test_1", brand: "Visa", last_digits: "4242", name: "TARO TEST" } : null,
    ...(isOld(shape) ? { source_of_fund: isCard ? "card" : "offsite", offsite: isCard ? null : paidBy.word } : {}),
    ...(isOld(shape) ? {} : { source: isCard ? null : sourceIn(charge, shape) }),
  }
}

function sourceIn(charge: SimulatedCharge, shape: Shape): Json {
  const { paidBy } = charge
  const isOffline = paidBy.flow === "offline"
  const image = { object: "document", download_uri: `https://api.omise.co/charges/${charge.id}/qr.png` }
  return {
    object: "source",
    id: charge.id.replace("chrg_", "src_"),
    type: paidBy.word,
    flow: paidBy.flow,
    amount: charge.amount,
    currency: currencyIn(charge, shape),
    ...(isOffline ? { references: referencesIn(charge) } : {}),
    ...(paidBy.word === "paynow" ? { scannable_code: { object: "barcode", type: "qr", image } } : {}),
    ...(shape === "2017"
      ? {}
      : { installment_term: paidBy.termMonths ?? null, zero_interest_installments: paidBy.zeroInterest ?? null }),
  }
}

function referencesIn({ id, paidBy }: SimulatedCharge): Json {
  const isBill = paidBy.word === "bill_payment_tesco_lotus"
  return {
    expires_at: moment(24 * 60, "2019"),
    payment_code: paidBy.word === "econtext" ? "553384" : null,
    omise_tax_id: isBill ? "0105556091152" : null,
    reference_number_1: isBill ? "558283272946202731" : null,
    reference_number_2: isBill ? "070743604641498599" : null,
    barcode: isBill ? `https://api.omise.co/charges/${id}/documents/1` : null,
    va_code: null,
  }
}

/** An expiry overwrites `expires_at`; `expired_at` is filled ahead of time on charges that were paid or failed. */
function attributesOf2019(charge: SimulatedCharge): Json {
  const isExpired = charge.status === "expired"
  const endedAt = charge.endedAt === undefined ? null : moment(charge.endedAt, "2019")
  const planned = moment(7 * 24 * 60, "2019")
  return {
    fee: 100,
    fee_vat: 7,
    interest: 0,
    interest_vat: 0,
    net: charge.amount - 107,
    funding_amount: charge.amount,
    funding_currency: charge.paidBy.currency,
    paid_at: isPaid(charge) ? endedAt : null,
    reversed_at: charge.status === "reversed" ? endedAt : null,
    expires_at: isExpired ? endedAt : planned,
    expired: isExpired,
    expired_at: isExpired ? endedAt : charge.status === "pending" ? null : planned,
    zero_interest_installments: charge.paidBy.zeroInterest ?? false,
    platform_fee: { percentage: null, fixed: null, amount: null },
  }
}

/** Filled on failed charges too, where it means nothing. */
function capturedAmount(charge: SimulatedCharge): number {
  if (charge.status === "failed") return charge.amount
  return isPaid(charge) ? (charge.captured ?? charge.amount) : 0
}
