import type { PaymentMethod, PaymentStatus } from "@payfold/domain"
import type { UNKNOWN as UNKNOWN_BUCKET } from "../projection/moneyOfDays.ts"

// What flags choose from, written down once more: help and completions need these names and nothing else of adapters, views and domain, which
// would take longer to load than all the rest. A test compares them with what they name.

/** The adapters that come with Payfold. */
export const PROVIDERS = ["omise", "univapay"] as const

/** The views that come with Payfold. */
export const PROJECTIONS = ["payments", "due", "daily_totals", "discrepancies", "orders"] as const

/** How a payment may stand. */
export const STATUSES = [
  "created",
  "awaiting",
  "expired",
  "failed",
  "paid",
  "refunded",
] as const satisfies ReadonlyArray<PaymentStatus>

/** How a payer may pay. */
export const METHODS = [
  "Konbini",
  "PayEasy",
  "OnlineBanking",
  "CounterCash",
  "BillPayment",
  "Installment",
  "BarcodeWallet",
  "InternetBanking",
  "MobileBanking",
  "Wallet",
  "QrCode",
  "BankTransfer",
  "Card",
  "Other",
] as const satisfies ReadonlyArray<PaymentMethod["_tag"]>

/** Stands where no report tells. */
export const UNKNOWN: typeof UNKNOWN_BUCKET = "unknown"
