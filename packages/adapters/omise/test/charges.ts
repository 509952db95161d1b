import { readFixture } from "./fixtures/readFixture.ts"

/** Charges that tests change: three recorded ones, and a paid card of 2025. */
export const ECONTEXT = readFixture("seed-000-charge-econtext")
export const BILL = readFixture("seed-003-charge-bill-payment")
export const INSTALLMENT = readFixture("seed-004-charge-installment")
export const CARD = {
  object: "charge",
  id: "chrg_test_5card",
  livemode: false,
  amount: 100_000,
  currency: "THB",
  status: "successful",
  authorized: true,
  paid: true,
  paid_at: "2025-03-20T09:41:53Z",
  created_at: "2025-03-20T09:41:50Z",
  card: { object: "card", id: "card_test_1", brand: "Visa", name: "TARO TEST" },
}
