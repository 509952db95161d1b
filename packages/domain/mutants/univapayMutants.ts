import { type Mutant, mutantsOf } from "./Mutant.ts"

const src = (name: string) => `packages/adapters/univapay/src/${name}.ts`
const test = (name: string) => `packages/adapters/univapay/test/${name}.test.ts`
const killedBy = [test("translateCharge"), test("translate"), test("deadline"), test("seed001")]

/** Wrong lines of UnivaPay's translation. */
export const UNIVAPAY_MUTANTS: ReadonlyArray<Mutant> = [
  ...mutantsOf(src("charge/outcome"), killedBy, [
    [
      "toMoney(charge.charged_amount, charge.charged_currency)",
      "toMoney(charge.requested_amount, charge.charged_currency)",
    ],
    ["mayBeExpiry: true, ", ""],
    ['causeOf("provider-error", charge.error)', 'causeOf("declined", charge.error)'],
    ['causeOf("cancelled", charge.error)', 'causeOf("other", charge.error)'],
    ['    case "authorized":\n      return []', '      return []\n    case "authorized":'],
  ]),
  ...mutantsOf(src("charge/chargeEvents"), killedBy, [
    [
      "toMoney(charge.requested_amount, charge.requested_currency)",
      "toMoney(charge.charged_amount, charge.requested_currency)",
    ],
    ["paymentNumber === undefined && slipUrl === undefined ? undefined", "paymentNumber === undefined ? undefined"],
    ['isTest ? "test" : "live"', 'isTest ? "live" : "test"'],
    ["token: isOtherToken ? undefined : token", "token"],
    ['charge.status === "awaiting" || provesAwaiting(instructions)', 'charge.status === "awaiting"'],
  ]),
  ...mutantsOf(src("charge/failureCause"), killedBy, [["declined: [304,", "declined: [313, 304,"]]),
  ...mutantsOf(src("translateRefund"), killedBy, [
    ['return "ChargebackReversal"', 'return "Chargeback"'],
    ['refund.status !== "successful"', 'refund.status === "failed"'],
  ]),
  ...mutantsOf(src("deadline"), killedBy, [
    ["JAPAN_OFFSET_MS = 9 * HOUR_MS", "JAPAN_OFFSET_MS = 0 * HOUR_MS"],
    [" || deadline < created", ""],
    ["Number(hours) % 24 !== 0", "Number(hours) % 24 === 1"],
  ]),
]
