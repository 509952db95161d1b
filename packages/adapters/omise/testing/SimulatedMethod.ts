import type { PaymentMethod } from "@payfold/domain"
import { known } from "@payfold/domain"
import fc from "fast-check"

/** API versions whose shapes occur side by side; `2025` is 2019-05-29 with the attributes added since. */
export const SHAPES = ["2014", "2015", "2017", "2019", "2025"] as const
export type Shape = (typeof SHAPES)[number]

/** A way to pay at the simulated Omise. */
export interface SimulatedMethod {
  /** `card`, or the source's type. */
  readonly word: string
  readonly flow: "direct" | "redirect" | "offline"
  readonly method: PaymentMethod
  readonly currency: "JPY" | "THB" | "SGD"
  readonly minimum: number
  readonly maximum: number
  /** The first shape that can show a charge paid like this. */
  readonly since: Shape
  readonly refunds: "none" | "full" | "partial"
  /** Installments: months, and whether the merchant bears the interest. */
  readonly termMonths?: number
  readonly zeroInterest?: boolean
}

type Fields = Pick<SimulatedMethod, "word" | "method"> & Partial<SimulatedMethod>

const thai = (fields: Fields): SimulatedMethod => ({
  flow: "redirect",
  currency: "THB",
  minimum: 2_000,
  maximum: 15_000_000,
  since: "2017",
  refunds: "partial",
  ...fields,
})

/** The four methods of the seed documents first, then one of each other kind. */
export const simulatedMethods: fc.Arbitrary<SimulatedMethod> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constant<SimulatedMethod>({
      word: "econtext",
      flow: "offline",
      method: { _tag: "CounterCash" },
      currency: "JPY",
      minimum: 150,
      maximum: 49_999,
      since: "2017",
      refunds: "none",
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constant(
      thai({
        word: "bill_payment_tesco_lotus",
        method: { _tag: "BillPayment", biller: "tesco-lotus" },
        flow: "offline",
        maximum: 4_900_000,
        refunds: "none",
      }),
    ),
  },
  { weight: 3, arbitrary: installments() },
  {
    weight: 1,
    arbitrary: fc.constant(
      thai({ word: "barcode_alipay", method: { _tag: "BarcodeWallet", wallet: "alipay" }, flow: "offline" }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      thai({ word: "paynow", method: { _tag: "QrCode", scheme: "paynow" }, flow: "offline", currency: "SGD" }),
    ),
  },
  { weight: 1, arbitrary: fc.constant(thai({ word: "truemoney", method: { _tag: "Wallet", wallet: "truemoney" } })) },
  {
    weight: 1,
    arbitrary: fc.constant(
      thai({ word: "internet_banking_bbl", method: { _tag: "InternetBanking", bank: "bbl" }, since: "2015" }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constant(
      thai({ word: "card", method: { _tag: "Card", brand: "visa" }, flow: "direct", since: "2014" }),
    ),
  },
)

function installments(): fc.Arbitrary<SimulatedMethod> {
  return fc
    .record({
      bank: fc.constantFrom("bay", "bbl", "first_choice", "kbank", "ktc"),
      whiteLabel: fc.constantFrom("", "wlb_"),
      termMonths: fc.constantFrom(4, 6, 10),
      zeroInterest: fc.option(fc.boolean(), { nil: undefined }),
    })
    .map(({ bank, whiteLabel, termMonths, zeroInterest }) =>
      thai({
        word: `installment_${whiteLabel}${bank}`,
        method: { _tag: "Installment", bank: bank.replace("_", "-") },
        minimum: 200_000,
        refunds: "full",
        termMonths,
        ...known({ zeroInterest }),
      }),
    )
}
