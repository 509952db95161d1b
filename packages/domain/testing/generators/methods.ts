import fc from "fast-check"
import type { PaymentMethod } from "../../src/PaymentMethod.ts"
import { texts } from "./texts.ts"

/** A method's kind with one optional name. */
function named<Tag extends string, Leaf extends string>(tag: Tag, leaf: Leaf) {
  return fc.oneof(
    fc.constant({ _tag: tag }),
    // A computed key loses its name in the type; it is the one given.
    texts.map(name => ({ _tag: tag, [leaf]: name }) as { readonly _tag: Tag } & { readonly [L in Leaf]: string }),
  )
}

const installments: fc.Arbitrary<Extract<PaymentMethod, { _tag: "Installment" }>> = fc.record(
  {
    _tag: fc.constant("Installment" as const),
    bank: texts,
    termMonths: fc.constantFrom(1, 3, 4, 120),
    interestBorneBy: fc.constantFrom("merchant" as const, "payer" as const),
  },
  { requiredKeys: ["_tag"] },
)

/** One arbitrary per kind: a new kind without one does not compile. */
const byKind: { readonly [Kind in PaymentMethod["_tag"]]: fc.Arbitrary<Extract<PaymentMethod, { _tag: Kind }>> } = {
  Konbini: named("Konbini", "store"),
  PayEasy: fc.constant({ _tag: "PayEasy" }),
  OnlineBanking: fc.constant({ _tag: "OnlineBanking" }),
  CounterCash: fc.constant({ _tag: "CounterCash" }),
  BillPayment: named("BillPayment", "biller"),
  Installment: installments,
  BarcodeWallet: named("BarcodeWallet", "wallet"),
  InternetBanking: named("InternetBanking", "bank"),
  MobileBanking: named("MobileBanking", "bank"),
  Wallet: named("Wallet", "wallet"),
  QrCode: named("QrCode", "scheme"),
  BankTransfer: named("BankTransfer", "bank"),
  Card: named("Card", "brand"),
  Other: texts.map(word => ({ _tag: "Other", word })),
}

/** Any payment method; the counters and transfers, on which the status can rest, more often than the rest. */
export const methods: fc.Arbitrary<PaymentMethod> = fc.oneof(
  { weight: 3, arbitrary: byKind.Konbini },
  { weight: 1, arbitrary: byKind.CounterCash },
  { weight: 2, arbitrary: byKind.BankTransfer },
  { weight: 2, arbitrary: byKind.Card },
  ...Object.values(byKind).map((arbitrary: fc.Arbitrary<PaymentMethod>) => ({ weight: 1, arbitrary })),
)
