import { type Mutant, mutantsOf } from "./Mutant.ts"

const src = (name: string) => `packages/domain/src/${name}.ts`
const test = (name: string) => `packages/domain/test/${name}.test.ts`
const laws = test("laws/domainLaws")

/** Wrong lines of the domain: classes swapped, `max` for `min`, a dropped branch, a filter by what is shown. */
export const DOMAIN_MUTANTS: ReadonlyArray<Mutant> = [
  ...mutantsOf(
    src("payment/Fact"),
    [test("payment/join")],
    [
      ["a.adapterVersion - b.adapterVersion ||", "b.adapterVersion - a.adapterVersion ||"],
      ["|| compareText(a.reportedAt, b.reportedAt)", "|| compareText(b.reportedAt, a.reportedAt)"],
      ["MAXIMUM_CONTRADICTING_VALUES = 8", "MAXIMUM_CONTRADICTING_VALUES = 9"],
    ],
  ),
  ...mutantsOf(
    src("payment/Fact"),
    [laws],
    [
      ["if (newer > 0) return a", "if (newer >= 0) return a"],
      ["[...new Set(values)]", "[...values]"],
      [".sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)))", ""],
    ],
  ),
  ...mutantsOf(
    src("payment/join"),
    [laws],
    [
      [
        "unexplained(a.refundedTotal, joinRecord(a.refundedTotal, b.refundedTotal, Math.max), refunds)",
        "b.refundedTotal",
      ],
      ["total > sumOf(refunds, currency)", "total >= sumOf(refunds, currency)"],
      ["return isSame(joined, a) ? a : joined", "return joined"],
      ["    a.refundedTotal === b.refundedTotal &&\n", ""],
      ["    a.facts === b.facts &&\n", ""],
      ["for (const [key, value] of changed.slice(next)) joined[key] = value", ""],
      ["compareText(entry[0], key) < 0", "compareText(entry[0], key) > 0"],
      ["awaiting: a.awaiting || b.awaiting", "awaiting: a.awaiting && b.awaiting"],
    ],
  ),
  ...mutantsOf(
    src("payment/join"),
    [test("payment/decide"), test("payment/status"), test("payment/join"), test("payment/discrepancies")],
    [
      ["return b < a ? b : a", "return b > a ? b : a"],
      ["  return b > a ? b : a", "  return b < a ? b : a"],
      ["joinRecord(a.received, b.received, Math.max)", "joinRecord(a.received, b.received, Math.min)"],
      ["joinRecord(a.refunds, b.refunds, Math.max)", "joinRecord(a.refunds, b.refunds, Math.min)"],
      ["disagreements: joinTexts(a.disagreements, b.disagreements)", "disagreements: a.disagreements"],
      ["return Math.min(a + b, Number.MAX_SAFE_INTEGER)", "return a + b"],
    ],
  ),
  ...mutantsOf(
    src("payment/evolve"),
    [test("payment/status"), test("payment/join"), test("payment/Payment"), test("payment/evolve")],
    [
      ["return { chargebacks: {", "return { refunds: {"],
      ["deadline: event.deadline,", "deadline: undefined,"],
      ["instants: known({ paidAt: event.paidAt })", "instants: {}"],
      ['event.orderReference.reportedAt ?? ""', 'event.orderReference.reportedAt ?? "9"'],
      ["smallest(event.disagreements ?? [], MAXIMUM_CONTRADICTING_VALUES)", "[...(event.disagreements ?? [])]"],
      ["{money.currency}`", '{"JPY"}`'],
      ["mayBeExpired: event.mayBeExpiry === true &&", "mayBeExpired:"],
      ["isInOrder ? names : names.sort(compareText)", "names"],
    ],
  ),
  ...mutantsOf(
    src("payment/decide"),
    [test("payment/decide")],
    [
      ["if (next === current) continue", "if (next.seen === current.seen) continue"],
      ["    current = next\n", ""],
    ],
  ),
  ...mutantsOf(
    src("payment/fold"),
    [test("payment/fold")],
    [
      ["withdrawn.has(index + 1)", "withdrawn.has(index)"],
      ['event._tag === "FactsWithdrawn" ? event.versions : []', "[]"],
    ],
  ),
  ...mutantsOf(
    src("payment/status"),
    [test("payment/status")],
    [
      ['["failure.category"] !== undefined) return "failed"', '["failure.category"] !== undefined) return "expired"'],
      ["state.seen.expired || (", "("],
      [">= amount)", "> amount)"],
      ["received.length > 0 && ", ""],
      ["received.every(", "received.some("],
      [
        "Math.max(sumOf(Object.fromEntries(byId), currency), state.refundedTotal[currency] ?? 0)",
        "sumOf(Object.fromEntries(byId), currency) + (state.refundedTotal[currency] ?? 0)",
      ],
      [
        "Math.min(chargebacks, sumOf(state.chargebackReversals, currency))",
        "sumOf(state.chargebackReversals, currency)",
      ],
      ["return state.seen.paid || refundCurrencies(state).size > 0", "return state.seen.paid"],
      ['kinds.includes("BankTransfer")', 'kinds.includes("Card")'],
      ["return seen.awaiting && (", "return ("],
    ],
  ),
  ...mutantsOf(
    src("payment/status"),
    [laws],
    [
      ["failed: 1,", "failed: 2,"],
      ["paid: 2,", "paid: 1,"],
      ["if (isReceived(state)) return", "if (isReceived(state) && !state.seen.expired) return"],
    ],
  ),
  ...mutantsOf(
    src("payment/orderDiscrepancies"),
    [test("payment/orderDiscrepancies")],
    [
      ['payment.status === "paid")', "true)"],
      ["payment.mode ?? null, ", ""],
      ["twice.length < 2", "twice.length < 1"],
    ],
  ),
  ...mutantsOf(
    src("payment/discrepancies"),
    [test("payment/discrepancies")],
    [
      ["received > requested ?", "received > requested && !isCard ?"],
      ["received < requested &&", "received <= requested &&"],
      ["refunded <= received", "refunded < received"],
      ["values.length < 2", "values.length < 3"],
      ["currencies.size < 2", "currencies.size < 3"],
      ["!isReceived(state) || ended", "!state.seen.paid || ended"],
    ],
  ),
  ...mutantsOf(
    src("payment/upcast"),
    [test("payment/upcast")],
    [["stored.schemaVersion > EVENT_SCHEMA_VERSION", "stored.schemaVersion > EVENT_SCHEMA_VERSION + 1"]],
  ),
  ...mutantsOf(
    src("payment/Payment"),
    [test("payment/Payment")],
    [["asked !== undefined && Object.hasOwn(amounts, asked) ? asked : first", "first"]],
  ),
  ...mutantsOf(
    src("Money"),
    [test("Money")],
    [
      ["minimum: 1,", "minimum: 0,"],
      ["code.replace(/[a-z]/g, letter => letter.toUpperCase())", "code.toUpperCase()"],
      ['digits(0, "BIF', 'digits(2, "BIF'],
    ],
  ),
  ...mutantsOf(
    src("Instant"),
    [test("Instant")],
    [
      ['sign === "-" ?', 'sign === "+" ?'],
      ["if (calendar.toJSON() !== local) return undefined", ""],
      ["milliseconds < 0 || ", ""],
    ],
  ),
  ...mutantsOf(src("PaymentMethod"), [test("PaymentMethod")], [['kind: "CounterCash", ...rest', "kind, ...rest"]]),
  ...mutantsOf(src("storable"), [test("storable")], [[".toWellFormed()", ""]]),
  ...mutantsOf(
    src("explain"),
    [test("explain")],
    [["found: kindOf(path.reduce<unknown>(valueAt, input))", "found: String(path.reduce<unknown>(valueAt, input))"]],
  ),
  ...mutantsOf(src("readBody"), [test("readBody")], [["fatal: true", "fatal: false"]]),
]
