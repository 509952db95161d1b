import type { Instructions, MethodCapability, PaymentMethod } from "@payfold/domain"

/**
 * Every word that Omise has for a way to pay, one row each: what `translate` reads a word as, and what the builders of requests hold to.
 * What an account may really use says `GET /capability`, what a charge allows say its own flags; both go before this table.
 */
export const OMISE_METHODS: ReadonlyArray<MethodCapability> = [
  {
    word: "econtext",
    method: { _tag: "CounterCash" },
    countries: ["JP"],
    currencies: ["JPY"],
    flow: "offline",
    limits: { minimum: 150, maximum: 49_999, currency: "JPY" },
    refund: "none",
    cancel: "yes",
    instructions: ["paymentNumber", "pageUrl"],
    source: "seed 000: Convenience Store / Pay-easy / Online Banking (read 2026-11-20)",
  },
  {
    word: "bill_payment_tesco_lotus",
    method: { _tag: "BillPayment", biller: "tesco-lotus" },
    countries: ["TH"],
    currencies: ["THB"],
    flow: "offline",
    limits: { minimum: 2_000, maximum: 4_900_000, currency: "THB" },
    refund: "none",
    cancel: "yes",
    instructions: [
      "barcodeUrl",
      "barcodeMinimumHeight",
      "barcodeText",
      "taxId",
      "referenceNumber1",
      "referenceNumber2",
      "counterFee",
    ],
    source: "seed 003: Bill Payment (read 2026-11-20)",
  },
  ...installments("bay bbl first-choice kbank ktc", "seed 004: 分割払い (read 2026-11-20)"),
  ...installments("scb ttb uob", "omise-woocommerce gateways, omise-ios SourceType (read 2026-11-20)"),
  ...installments("citi", "omise-woocommerce changelog (read 2026-11-20)", { withdrawn: "2024" }),
  ...installments("mbb", "omise-ios SourceType and capability (read 2026-11-20)", {
    countries: ["MY"],
    currencies: ["MYR"],
    limits: { currency: "MYR" },
    refund: "unknown",
  }),
  ...installments("bay bbl first-choice kbank ktc scb ttb uob", "omise-php recorded capability (read 2026-11-20)", {
    prefix: "installment_wlb_",
  }),

  ...rows("barcode_alipay barcode_wechat", words => ({ _tag: "BarcodeWallet", wallet: words.slice(8) }), {
    countries: ["TH"],
    currencies: ["THB"],
    flow: "offline",
    instructions: [],
    source: "seed 002: Source API; omise-java SourceType (read 2026-11-20)",
  }),

  ...rows("promptpay", () => ({ _tag: "QrCode", scheme: "promptpay" }), {
    countries: ["TH"],
    currencies: ["THB"],
    flow: "offline",
    limits: { minimum: 2_000, maximum: 15_000_000, currency: "THB" },
    refund: "none",
    instructions: ["qrImageUrl"],
    source: "omise-swift recorded charge; limits from third-party notes (read 2026-11-20)",
  }),
  ...rows("paynow", () => ({ _tag: "QrCode", scheme: "paynow" }), {
    countries: ["SG"],
    currencies: ["SGD"],
    flow: "offline",
    instructions: ["qrImageUrl"],
    source: "omise-go recorded charge; omise-woocommerce PR 202 (read 2026-11-20)",
  }),
  ...rows("duitnow_qr maybank_qr", word => ({ _tag: "QrCode", scheme: kebab(word) }), {
    countries: ["MY"],
    currencies: ["MYR"],
    source: "omise-ios SourceType, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("atome_qr truemoney_qr qr_code_upi", word => ({ _tag: "QrCode", scheme: kebab(word) }), {
    countries: ["TH"],
    currencies: ["THB"],
    flow: "unknown",
    instructions: ["qrImageUrl"],
    source: "omise-php recorded capability (read 2026-11-20)",
  }),

  ...rows(
    "mobile_banking_bay mobile_banking_bbl mobile_banking_kbank mobile_banking_ktb mobile_banking_scb",
    mobileBanking,
    {
      countries: ["TH"],
      currencies: ["THB"],
      flow: "app-redirect",
      source: "omise-ios SourceType and recorded sources (read 2026-11-20)",
    },
  ),
  ...rows("mobile_banking_ocbc mobile_banking_ocbc_pao", mobileBanking, {
    countries: ["SG"],
    currencies: ["SGD"],
    flow: "app-redirect",
    source: "omise-ios SourceType, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("internet_banking_bay internet_banking_bbl internet_banking_ktb internet_banking_scb", internetBanking, {
    countries: ["TH"],
    currencies: ["THB"],
    withdrawn: "2026",
    source: "omise-go 1.7.2, omise-node 1.2.0 (read 2026-11-20)",
  }),
  ...rows("direct_debit_bay direct_debit_kbank direct_debit_ktb direct_debit_scb", bankTransfer, {
    countries: ["TH"],
    currencies: ["THB"],
    flow: "unknown",
    instructions: [],
    source: "omise-php recorded capability (read 2026-11-20)",
  }),
  ...rows("fpx duitnow_obw", word => ({ _tag: "InternetBanking", bank: kebab(word) }), {
    countries: ["MY"],
    currencies: ["MYR"],
    source: "omise-ios SourceType, omise-woocommerce gateways (read 2026-11-20)",
  }),

  ...rows("grabpay grabpay_rms", () => ({ _tag: "Wallet", wallet: "grabpay" }), {
    countries: ["TH", "SG", "MY"],
    currencies: ["THB", "SGD", "MYR"],
    source: "omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("shopeepay atome", wallet, {
    countries: ["TH", "SG", "MY"],
    currencies: ["THB", "SGD", "MYR"],
    source: "omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("shopeepay_jumpapp", () => ({ _tag: "Wallet", wallet: "shopeepay" }), {
    countries: ["TH", "SG", "MY"],
    currencies: ["THB", "SGD", "MYR"],
    flow: "app-redirect",
    source: "omise-ios SourceType, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("touch_n_go", wallet, {
    countries: ["SG", "MY", "TH"],
    currencies: [],
    flow: "app-redirect",
    source: "omise-ios SourceType, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("boost", wallet, {
    countries: ["MY"],
    currencies: ["MYR"],
    source: "omise-ios SourceType, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("alipay rabbit_linepay truemoney", wallet, {
    countries: ["TH"],
    currencies: ["THB"],
    source: "omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("truemoney_jumpapp", () => ({ _tag: "Wallet", wallet: "truemoney" }), {
    countries: ["TH"],
    currencies: ["THB"],
    flow: "app-redirect",
    source: "omise-ios recorded source, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("alipay_cn alipay_hk dana gcash kakaopay", wallet, {
    countries: ["TH", "SG"],
    currencies: [],
    flow: "app-redirect",
    source: "omise-ios SourceType and recorded sources, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("wechat_pay", wallet, {
    countries: ["TH"],
    currencies: ["THB"],
    flow: "app-redirect",
    source: "omise-php recorded charge (read 2026-11-20)",
  }),
  ...rows("alipayplus_mpm alipayplus_upm wechat_pay_mpm wechat_pay_upm", wallet, {
    countries: ["TH"],
    currencies: ["THB"],
    flow: "unknown",
    instructions: [],
    source: "omise-php recorded capability (read 2026-11-20)",
  }),
  ...rows("paypay", wallet, {
    countries: ["JP"],
    currencies: ["JPY"],
    source: "omise-ios SourceType, omise-woocommerce gateways (read 2026-11-20)",
  }),
  ...rows("points_citi", word => ({ _tag: "Other", word }), {
    countries: ["TH"],
    currencies: ["THB"],
    withdrawn: "2024",
    source: "omise-woocommerce changelog (read 2026-11-20)",
  }),
  ...rows("card applepay googlepay", () => ({ _tag: "Card" }), {
    countries: ["TH", "JP", "SG", "MY"],
    currencies: [],
    flow: "direct",
    refund: "partial",
    source: "Omise Charges and Refunds API, recorded partial refunds of cards (read 2026-11-20)",
  }),
]

const BY_WORD: ReadonlyMap<string, MethodCapability> = new Map(OMISE_METHODS.map(row => [row.word, row]))

/** The row of a provider's word; `undefined` for one that is not in the table, which is kept as it is. */
export function methodRow(word: string): MethodCapability | undefined {
  return BY_WORD.get(word)
}

/** What whoever prints a bill payment must hold to. Source: seed 003, Thailand Payment Barcode Standard (read 2026-11-20). */
export const BILL_PAYMENT_PRINT = { barcodeMinimumHeight: "10 mm", counterFee: "THB 10" } as const

type RowRest = Partial<Omit<MethodCapability, "word" | "method" | "source">> & { readonly source: string }

/**
 * Rows that differ in their word alone. Unless said otherwise the payer is redirected, and how far refunds go is not known: plugins declare them, but
 * one declares them for konbini too, so the charge's own `refundable` and `partially_refundable` decide.
 */
function rows(
  words: string,
  toMethod: (word: string) => PaymentMethod,
  rest: RowRest,
): ReadonlyArray<MethodCapability> {
  const redirectUrl: ReadonlyArray<keyof Instructions> = ["redirectUrl"]
  return words.split(" ").map(word => ({
    word,
    method: toMethod(word),
    countries: [],
    currencies: [],
    flow: "redirect",
    refund: "unknown",
    // `POST /charges/{id}/expire` takes any charge that waits; `failed_expire` is its refusal.
    cancel: "yes",
    instructions: redirectUrl,
    ...rest,
  }))
}

/** Full refunds only: seed 004. The total is at least 2,000.00 THB; no source states a maximum. */
function installments(
  banks: string,
  source: string,
  { prefix = "installment_", ...rest }: Partial<RowRest> & { readonly prefix?: string } = {},
): ReadonlyArray<MethodCapability> {
  return banks.split(" ").flatMap(bank =>
    rows(`${prefix}${bank.replace("-", "_")}`, () => ({ _tag: "Installment", bank }), {
      countries: ["TH"],
      currencies: ["THB"],
      limits: { minimum: 200_000, currency: "THB" },
      refund: "full",
      source,
      ...rest,
    }),
  )
}

function wallet(word: string): PaymentMethod {
  return { _tag: "Wallet", wallet: kebab(word) }
}

function mobileBanking(word: string): PaymentMethod {
  return { _tag: "MobileBanking", bank: kebab(word.slice("mobile_banking_".length)) }
}

function internetBanking(word: string): PaymentMethod {
  return { _tag: "InternetBanking", bank: kebab(word.slice("internet_banking_".length)) }
}

function bankTransfer(word: string): PaymentMethod {
  return { _tag: "BankTransfer", bank: kebab(word.slice("direct_debit_".length)) }
}

function kebab(word: string): string {
  return word.replaceAll("_", "-")
}
