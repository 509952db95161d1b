/** Which terms a bank offers, in months, and the least it takes a month, in satang, where a source states one. */
export interface InstallmentPlan {
  readonly termsMonths: ReadonlyArray<number>
  readonly monthlyMinimum?: number
  readonly source: string
}

const SEED = "seed 004: 分割払い (read 2026-11-20)"
const CAPABILITY = "omise-php recorded capability of 2025 (read 2026-11-20)"

/**
 * Plans by the source's type. Banks change them: what `GET /capability` says of the merchant's own account goes before this table, and a
 * builder takes it in its place.
 */
export const INSTALLMENT_PLANS: ReadonlyMap<string, InstallmentPlan> = new Map<string, InstallmentPlan>([
  ["installment_bay", { termsMonths: [3, 4, 6, 9, 10], monthlyMinimum: 50_000, source: SEED }],
  ["installment_bbl", { termsMonths: [4, 6, 8, 9, 10], monthlyMinimum: 50_000, source: SEED }],
  ["installment_first_choice", { termsMonths: [3, 4, 6, 9, 10, 12, 18, 24, 36], monthlyMinimum: 30_000, source: SEED }],
  ["installment_kbank", { termsMonths: [3, 4, 6, 10], monthlyMinimum: 30_000, source: SEED }],
  ["installment_ktc", { termsMonths: [3, 4, 5, 6, 7, 8, 9, 10], monthlyMinimum: 30_000, source: SEED }],
  ["installment_wlb_bbl", { termsMonths: [4, 6, 8, 10], source: CAPABILITY }],
  ["installment_wlb_kbank", { termsMonths: [3, 6, 10], source: CAPABILITY }],
  ["installment_wlb_scb", { termsMonths: [3, 4, 6, 9, 10], source: CAPABILITY }],
  ["installment_wlb_ttb", { termsMonths: [3, 4, 6, 10], source: CAPABILITY }],
  ["installment_wlb_uob", { termsMonths: [3, 4, 6, 10], source: CAPABILITY }],
  ["installment_mbb", { termsMonths: [6, 12, 18, 24], source: "omise-ios capability (read 2026-11-20)" }],
])
