import { Option, Schema } from "effect"

/** Which store, bank, wallet or word: ours where we know it, else as the provider wrote it. */
const Name = Schema.NonEmptyString

/**
 * How the payer pays. Stored for ever: never rename, retype or change the meaning; add a version and teach `upcast`.
 *
 * `CounterCash` is a payment number whose counter is not known, or one that konbini, Pay-easy and online banking all accept: it agrees
 * with each of the three. A method we have no name for is `Other` with the provider's word.
 */
export const PaymentMethod = Schema.TaggedUnion({
  Konbini: { store: Schema.optionalKey(Name) },
  PayEasy: {},
  OnlineBanking: {},
  CounterCash: {},
  BillPayment: { biller: Schema.optionalKey(Name) },
  Installment: {
    bank: Schema.optionalKey(Name),
    termMonths: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 120 }))),
    interestBorneBy: Schema.optionalKey(Schema.Literals(["merchant", "payer"])),
  },
  BarcodeWallet: { wallet: Schema.optionalKey(Name) },
  InternetBanking: { bank: Schema.optionalKey(Name) },
  MobileBanking: { bank: Schema.optionalKey(Name) },
  Wallet: { wallet: Schema.optionalKey(Name) },
  QrCode: { scheme: Schema.optionalKey(Name) },
  BankTransfer: { bank: Schema.optionalKey(Name) },
  Card: { brand: Schema.optionalKey(Name) },
  Other: { word: Name },
})
export type PaymentMethod = typeof PaymentMethod.Type

/** Every leaf that some method has. */
export const METHOD_LEAVES: ReadonlyArray<string> = [
  ...new Set([
    "kind",
    "counter",
    ...Object.values(PaymentMethod.cases).flatMap(({ fields: { _tag, ...own } }) => Object.keys(own)),
  ]),
]

/** One leaf of a compound value, as reports are compared and joined. */
export type Leaves = Readonly<Record<string, string | number | boolean>>

const COUNTERS = { Konbini: "konbini", PayEasy: "pay-easy", OnlineBanking: "online-banking" } as const

/**
 * The leaves of a method. The three named counters are one kind with a leaf more, so that a report of cash at an unknown counter and a
 * later one that names the store agree instead of contradicting each other.
 */
export function methodLeaves(method: PaymentMethod): Leaves {
  const { _tag: kind, ...rest } = method
  switch (kind) {
    case "Konbini":
    case "PayEasy":
    case "OnlineBanking":
      return { counter: COUNTERS[kind], kind: "CounterCash", ...rest }
    default:
      return { kind, ...rest }
  }
}

/** By kind: to try them all for each payment took as long as the rest of showing it (measured). */
const decoders = new Map<unknown, (leaves: unknown) => Option.Option<PaymentMethod>>(
  Object.entries(PaymentMethod.cases).map(([kind, schema]) => [kind, Schema.decodeUnknownOption(schema)]),
)

/** The method that joined leaves describe; `undefined` while no report names a kind. */
export function methodFromLeaves(leaves: Leaves): PaymentMethod | undefined {
  const { kind, counter } = leaves
  if (kind === undefined) return undefined
  const named = kind === "CounterCash" ? Object.entries(COUNTERS).find(([, word]) => word === counter) : undefined
  const _tag = named === undefined ? kind : named[0]
  const decode = decoders.get(_tag)
  // Leaves of other kinds may stand beside a conflicting kind; decoding drops what this kind does not have.
  return decode && Option.getOrUndefined(decode({ ...leaves, _tag }))
}

/** For people: `konbini (family-mart)`, `installment (kbank, 4 months, interest borne by merchant)`. */
export function formatMethod(method: PaymentMethod): string {
  switch (method._tag) {
    case "Konbini":
      return detailed("konbini", method.store)
    case "PayEasy":
      return "Pay-easy"
    case "OnlineBanking":
      return "online banking"
    case "CounterCash":
      return "konbini or Pay-easy"
    case "BillPayment":
      return detailed("bill payment", method.biller)
    case "Installment":
      return detailed(
        "installment",
        method.bank,
        method.termMonths === undefined ? undefined : `${method.termMonths} months`,
        method.interestBorneBy === undefined ? undefined : `interest borne by ${method.interestBorneBy}`,
      )
    case "BarcodeWallet":
      return detailed("barcode", method.wallet)
    case "InternetBanking":
      return detailed("internet banking", method.bank)
    case "MobileBanking":
      return detailed("mobile banking", method.bank)
    case "Wallet":
      return detailed("wallet", method.wallet)
    case "QrCode":
      return detailed("QR", method.scheme)
    case "BankTransfer":
      return detailed("bank transfer", method.bank)
    case "Card":
      return detailed("card", method.brand)
    case "Other":
      return method.word
  }
}

function detailed(name: string, ...details: ReadonlyArray<string | undefined>): string {
  const said = details.filter(detail => detail !== undefined)
  return said.length === 0 ? name : `${name} (${said.join(", ")})`
}
