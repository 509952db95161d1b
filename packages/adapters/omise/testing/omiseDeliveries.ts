import type { Deliveries } from "@payfold/domain/testing"
import { omiseStories } from "./omiseStories.ts"
import { SHAPES } from "./SimulatedMethod.ts"

/** How Omise speaks, for `adapterLaws`: every shape, every seed method, and what it does that careful code must survive. */
export const omiseDeliveries: Deliveries = {
  stories: omiseStories,
  declared: {
    statuses: ["created", "awaiting", "expired", "failed", "paid", "refunded"],
    discrepancies: ["paid-after-expired", "paid-after-failed", "flags-disagree"],
    methods: [
      "CounterCash",
      "BillPayment",
      "Installment",
      "BarcodeWallet",
      "QrCode",
      "Wallet",
      "InternetBanking",
      "Card",
    ],
    habits: [
      ...SHAPES.map(shape => `shape of ${shape}`),
      "envelope without a time",
      "list",
      "search",
      "captured in part",
      "void without a refund",
      "refunds cut off",
      "reference changed",
    ],
  },
}
