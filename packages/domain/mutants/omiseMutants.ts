import { type Mutant, mutantsOf } from "./Mutant.ts"

const charge = (name: string) => `packages/adapters/omise/src/charge/${name}.ts`
const test = (name: string) => `packages/adapters/omise/test/${name}.test.ts`
const killedBy = ["packages/adapters/omise/test/charge/", test("translate"), test("translate.seeds")]

/** Wrong lines of Omise's translation: the amount of the wrong field, a flag turned round, a guess where nothing is known. */
export const OMISE_MUTANTS: ReadonlyArray<Mutant> = [
  ...mutantsOf(charge("chargeEvents"), killedBy, [
    ["if (hasAuthorised(charge, outcome)) return undefined", ""],
    ['charge.failure_code === "timeout" && !isCard(charge)', 'charge.failure_code === "timeout"'],
    ["requested: toMoney(charge.amount, charge.currency)", "requested: toMoney(charge.net, charge.currency)"],
  ]),
  ...mutantsOf(charge("received"), killedBy, [
    [" || captured === 0", ""],
    [
      "toMoney(Result.getOrUndefined(decodeAmount(captured)), charge.currency)",
      "toMoney(charge.amount, charge.currency)",
    ],
  ]),
  ...mutantsOf(charge("refunds"), killedBy, [
    ["total.amount <= explained", "total.amount < explained"],
    ['dispute.status !== "lost"', 'dispute.status === "won"'],
    ['_tag: "Chargeback"', '_tag: "Refund"'],
    [' || status === "pending"', ""],
    ["charge.voided === true && ", ""],
  ]),
  ...mutantsOf(charge("instructions"), killedBy, [
    ['outcome._tag !== "pending" || ', ""],
    [" || hasDeadlineInReferences(charge)", ""],
    ["`|$", "`$"],
    ["pageUrl: isOffline ? charge.authorize_uri : undefined", "pageUrl: charge.authorize_uri"],
  ]),
  ...mutantsOf(charge("outcome"), killedBy, [
    ['if (charge.captured === true || charge.paid === true) return { _tag: "successful" }', ""],
  ]),
  ...mutantsOf(charge("method"), killedBy, [
    ['if (isZero !== undefined) return isZero ? "merchant"', 'if (isZero !== undefined) return !isZero ? "merchant"'],
  ]),
  ...mutantsOf(charge("failureCause"), killedBy, [
    ['["payment_cancelled", "cancelled"]', '["payment_cancelled", "declined"]'],
  ]),
]
