import type { PaymentMethod } from "@payfold/domain"
import { type Deliveries, type Story, type Truth, truths, type WentBack } from "@payfold/domain/testing"
import fc from "fast-check"
import { ENVELOPES, envelopes } from "./envelopes.ts"
import { depositedFor, type Telling, toStory } from "./toStory.ts"

const CHARGE_IDS = fc.constantFrom("11ed07f5-345d-4308-a4c9-9f6b3663e18f", "11efdfaf-1e1d-899c-9c99-8718c995d6c0")

const CASH: fc.Arbitrary<PaymentMethod> = fc.oneof(
  fc.constantFrom<PaymentMethod>({ _tag: "Konbini", store: "seven-eleven" }, { _tag: "Konbini", store: "family-mart" }),
  fc.constant<PaymentMethod>({ _tag: "PayEasy" }),
  // As many as the others together: they alone may bring too little or too much.
  { weight: 2, arbitrary: fc.constant<PaymentMethod>({ _tag: "BankTransfer", bank: "aozora-bank" }) },
)

/** Cash waits, expires, and is never given back; money may come after its end was told. */
const cash = truths({
  provider: "univapay",
  chargeIds: CHARGE_IDS,
  methods: CASH,
  currencies: fc.constant("JPY"),
  statuses: ["created", "awaiting", "expired", "failed", "paid"],
  late: ["paid-after-expired", "paid-after-failed"],
})

const others = truths({
  provider: "univapay",
  chargeIds: CHARGE_IDS,
  methods: fc.constantFrom<PaymentMethod>({ _tag: "Card", brand: "visa" }, { _tag: "Wallet", wallet: "paypay" }),
  currencies: fc.constantFrom("JPY", "USD"),
  statuses: ["created", "awaiting", "failed", "paid", "refunded"],
  refundIds: fc.constantFrom("refund-1", "refund-2", "refund-3"),
})

const tellings: fc.Arbitrary<Telling> = fc.record({
  envelopes: fc.array(envelopes, { minLength: 1, maxLength: 5 }),
  errors: fc.nat(11),
  keepsNumber: fc.boolean(),
  fetchesSet: fc.boolean(),
  amountsAsTexts: fc.boolean(),
  deposits: fc.constantFrom("exact", "insufficient", "exceeded"),
})

const chargebacks = fc.constantFrom("none", "instead of the first refund", "taken back")

const stories: fc.Arbitrary<Story> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(cash, tellings).map(([truth, telling]) => toStory(deposited(truth, telling), telling)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(others, tellings, chargebacks)
      .map(([truth, telling, kind]) => toStory(disputed(truth, kind), telling)),
  },
)

/** What UnivaPay sends of a payment: both envelopes, API answers and sets. The kit loses, delays and doubles them, as this provider does. */
export const univapayDeliveries: Deliveries = {
  stories,
  declared: {
    statuses: ["created", "awaiting", "expired", "failed", "paid", "refunded"],
    discrepancies: ["paid-after-expired", "paid-after-failed", "received-less", "received-more", "flags-disagree"],
    methods: ["Konbini", "PayEasy", "BankTransfer", "Card", "Wallet"],
    habits: [...ENVELOPES, "charge, token and expiry together", "the merchant's keys vanish", "amounts as texts"],
  },
}

/** Bank transfers alone may bring another amount than was asked for. */
function deposited(truth: Truth, { deposits }: Telling): Truth {
  if (truth.method._tag !== "BankTransfer" || truth.received === undefined || deposits === "exact") return truth
  const received = depositedFor(truth.requested, deposits)
  if (deposits === "exceeded")
    return { ...truth, received, discrepancies: [...truth.discrepancies, "received-more", "flags-disagree"] }
  const isLess = received.amount < truth.requested.amount
  return { ...truth, received, discrepancies: [...truth.discrepancies, ...(isLess ? ["received-less" as const] : [])] }
}

/** Chargebacks arrive as refunds; one that is taken back leaves the net as it was. */
function disputed(truth: Truth, kind: "none" | "instead of the first refund" | "taken back"): Truth {
  const [first, ...rest] = truth.wentBack
  if (kind === "none" || truth.received === undefined) return truth
  if (kind === "instead of the first refund")
    return first === undefined ? truth : { ...truth, wentBack: [{ ...first, _tag: "Chargeback" }, ...rest] }
  const pair: ReadonlyArray<WentBack> = [
    { _tag: "Chargeback", id: "chargeback-1", ...truth.received },
    { _tag: "ChargebackReversal", id: "reversal-1", ...truth.received },
  ]
  return { ...truth, wentBack: [...truth.wentBack, ...pair] }
}
