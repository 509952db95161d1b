import { known, type MethodCapability, type PaymentMethod } from "@payfold/domain"
import { plainWord } from "@payfold/domain/adapter"
import type { Token } from "./wire/Token.ts"

const GUIDE = "UnivaPay konbini guide, seed 001 (2025-04-23)"
const CLIENT_SDK = "UnivaPay client SDKs (August 2026, read 2026-11-20)"
const NODE_SDK = "univapay-node 4.0.130 (read 2026-11-20)"

/** Pay-easy's collecting-agency number: one for all, told by mail only and never in an answer. Source: seed 001. */
export const PAY_EASY_INSTITUTION_NUMBER = "58091"

/** Cash: no source says what it may cost at least or at most; it is never given back, and called off only while it waits. */
const CASH = { countries: ["JP"], currencies: ["JPY"], flow: "offline", refund: "none", cancel: "yes" } as const
const GONE = "the chain is gone"

function store(word: string, ours: string, more: Partial<MethodCapability> = {}): MethodCapability {
  const method: PaymentMethod = { _tag: "Konbini", store: ours }
  return { ...CASH, word, method, instructions: ["paymentNumber"], source: CLIENT_SDK, ...more }
}

/** Values of a konbini token's `convenience_store`. Chains that share a network may send words of their own: those are kept as sent. */
export const STORES: ReadonlyArray<MethodCapability> = [
  store("seven_eleven", "seven-eleven", { instructions: ["paymentNumber", "slipUrl"], source: GUIDE }),
  store("family_mart", "family-mart", { source: GUIDE }),
  store("lawson", "lawson"),
  store("mini_stop", "ministop"),
  store("seico_mart", "seicomart"),
  store("daily_yamazaki", "daily-yamazaki"),
  store("yamazaki_daily_store", "yamazaki-daily-store"),
  store("circle_k", "circle-k", { withdrawn: GONE, source: NODE_SDK }),
  store("sunkus", "sunkus", { withdrawn: GONE, source: NODE_SDK }),
  store("pay_easy", "pay-easy", {
    method: { _tag: "PayEasy" },
    instructions: ["paymentNumber", "institutionNumber"],
    source: GUIDE,
  }),
]

function bank(word: string, ours: string): MethodCapability {
  const method: PaymentMethod = { _tag: "BankTransfer", bank: ours }
  const instructions = ["accountNumber", "bankName", "branchName", "branchCode"] as const
  return { ...CASH, word, method, instructions, source: NODE_SDK }
}

/** Values of a bank-transfer token's `brand` that have a name of ours; any other word is kept as sent. */
export const BANKS: ReadonlyArray<MethodCapability> = [bank("aozora_bank", "aozora-bank")]

const UNSAID = { countries: [], currencies: [], flow: "unknown", refund: "unknown", cancel: "unknown" } as const

function brand(word: string, wallet: string): MethodCapability {
  const method: PaymentMethod = { _tag: "Wallet", wallet }
  return { ...UNSAID, flow: "redirect", cancel: "yes", word, method, instructions: [], source: CLIENT_SDK }
}

/** Values of an online token's `brand` that have a name of ours; any other is kept as sent. */
export const ONLINE_BRANDS: ReadonlyArray<MethodCapability> = [
  brand("alipay_online", "alipay"),
  brand("alipay_plus_online", "alipay-plus"),
  brand("alipay_china", "alipay-china"),
  brand("alipay_hk", "alipay-hk"),
  brand("pay_pay_online", "paypay"),
  brand("we_chat_online", "wechat-pay"),
  brand("d_barai_online", "d-barai"),
  brand("gcash", "gcash"),
  brand("dana", "dana"),
  brand("truemoney", "truemoney"),
  brand("kakaopay", "kakaopay"),
  brand("tng", "touch-n-go"),
  brand("rabbit_line_pay", "rabbit-line-pay"),
  brand("boost", "boost"),
  brand("grab_sg", "grabpay"),
]

/** Payment types whose brands are an open set by the provider's own words, and those without any. */
const OTHERS: ReadonlyArray<MethodCapability> = [
  {
    ...UNSAID,
    word: "card",
    method: { _tag: "Card" },
    flow: "direct",
    refund: "partial",
    cancel: "yes",
    instructions: [],
    source: CLIENT_SDK,
  },
  { ...UNSAID, word: "qr_scan", method: { _tag: "QrCode" }, flow: "offline", instructions: [], source: CLIENT_SDK },
  {
    ...UNSAID,
    word: "qr_merchant",
    method: { _tag: "QrCode" },
    flow: "offline",
    instructions: ["qrImageUrl"],
    source: CLIENT_SDK,
  },
  { ...UNSAID, word: "paidy", method: { _tag: "Other", word: "paidy" }, instructions: [], source: CLIENT_SDK },
  {
    ...UNSAID,
    word: "apple_pay",
    method: { _tag: "Wallet", wallet: "apple-pay" },
    instructions: [],
    withdrawn: "in old SDKs only",
    source: NODE_SDK,
  },
]

/** What UnivaPay offers, one row a method. The store's own settings go before it. */
export const METHODS: ReadonlyArray<MethodCapability> = [...STORES, ...BANKS, ...ONLINE_BRANDS, ...OTHERS]

/**
 * The method a token names; `undefined` where it names no payment type. What stands in the place of a word and is none may be anything about
 * anybody: it is unknown.
 */
export function toMethod(token: Token): PaymentMethod | undefined {
  const { payment_type: type, data } = token
  switch (type) {
    case undefined:
      return undefined
    case "konbini":
      // Pay-easy is a `convenience_store` too, so without one the counter is not known to be a konbini's.
      return rowOrWord(STORES, data?.convenience_store, { _tag: "CounterCash" }, word => ({
        _tag: "Konbini",
        store: word,
      }))
    case "bank_transfer":
      return rowOrWord(BANKS, data?.brand, { _tag: "BankTransfer" }, word => ({ _tag: "BankTransfer", bank: word }))
    case "online":
      return rowOrWord(ONLINE_BRANDS, data?.brand, { _tag: "Wallet" }, word => ({ _tag: "Wallet", wallet: word }))
    case "qr_scan":
    case "qr_merchant":
      return { _tag: "QrCode", ...known({ scheme: plainWord(data?.brand) }) }
    case "card":
      return { _tag: "Card", ...known({ brand: plainWord(data?.card?.brand) }) }
    default:
      return otherMethod(type)
  }
}

function otherMethod(type: string): PaymentMethod | undefined {
  const word = plainWord(type)
  return OTHERS.find(row => row.word === type)?.method ?? (word === undefined ? undefined : { _tag: "Other", word })
}

/** The table's method for a word, else the word as sent. */
function rowOrWord(
  rows: ReadonlyArray<MethodCapability>,
  sent: string | undefined,
  unnamed: PaymentMethod,
  asSent: (word: string) => PaymentMethod,
): PaymentMethod {
  const word = plainWord(sent)
  if (word === undefined) return unnamed
  return rows.find(row => row.word === word)?.method ?? asSent(word)
}
