import type { FailureCause } from "../FailureCause.ts"
import type { Instant } from "../Instant.ts"
import type { Instructions } from "../Instructions.ts"
import { known } from "../known.ts"
import type { Currency, Money } from "../Money.ts"
import { methodFromLeaves, type PaymentMethod } from "../PaymentMethod.ts"
import { FAILURE, INSTRUCTIONS, METHOD } from "./compoundFields.ts"
import { type Discrepancy, discrepancies } from "./discrepancies.ts"
import type { Scalar } from "./Fact.ts"
import type { Mode } from "./PaymentEvent.ts"
import type { PaymentState } from "./PaymentState.ts"
import { requestedMoney } from "./requestedMoney.ts"
import { type PaymentStatus, refundCurrencies, refundedAmount, status } from "./status.ts"

/** A payment as it is shown: one value per field, derived from all that is known. What is not known is absent, never zero. */
export interface Payment {
  readonly status: PaymentStatus
  readonly provider?: string
  readonly chargeId?: string
  readonly mode?: Mode
  readonly requested?: Money
  readonly received?: Money
  /** Net of chargebacks taken back; absent while nothing was refunded. Zero where all of it came again. */
  readonly refunded?: { readonly amount: number; readonly currency: Currency }
  readonly method?: PaymentMethod
  readonly orderReference?: string
  readonly instructions: Instructions
  readonly deadline?: Instant
  readonly failure?: FailureCause
  readonly createdAt?: Instant
  readonly paidAt?: Instant
  readonly expiredAt?: Instant
  readonly failedAt?: Instant
  readonly refundedAt?: Instant
  readonly discrepancies: ReadonlyArray<Discrepancy>
}

/** Reads a state: of values that contradict each other the smallest is shown, and the discrepancy says so. */
export function toPayment(state: PaymentState): Payment {
  const requested = requestedMoney(state)
  const { createdAt, paidAt, expiredAt, failedAt, refundedAt } = state.instants
  // Facts are only ever written from decoded events, so each leaf has the type its event gave it.
  return known({
    status: status(state),
    provider: shown(state, "provider") as string | undefined,
    chargeId: shown(state, "chargeId") as string | undefined,
    mode: shown(state, "mode") as Mode | undefined,
    requested,
    received: moneyIn(state.received, requested?.currency),
    refunded: shownRefunded(state, requested?.currency),
    method: methodFromLeaves(METHOD.shown(state.facts)),
    orderReference: shown(state, "orderReference") as string | undefined,
    deadline: state.deadline,
    failure: shownFailure(state),
    createdAt,
    paidAt,
    expiredAt,
    failedAt,
    refundedAt,
    instructions: INSTRUCTIONS.shown(state.facts) as Instructions,
    discrepancies: discrepancies(state),
  })
}

function shown(state: PaymentState, field: string): Scalar | undefined {
  return state.facts[field]?.values[0]
}

/** In the currency that was asked for where there is such an amount, else in the first currency by code. */
function moneyIn(amounts: Readonly<Record<string, number>>, asked: Currency | undefined): Money | undefined {
  const [first] = Object.keys(amounts)
  const currency = asked !== undefined && Object.hasOwn(amounts, asked) ? asked : first
  const amount = currency === undefined ? undefined : amounts[currency]
  // Amounts are only ever written from decoded events, under their currency.
  return amount === undefined ? undefined : { amount, currency: currency as Currency }
}

function shownRefunded(state: PaymentState, asked: Currency | undefined): Payment["refunded"] {
  const currencies = [...refundCurrencies(state)].sort()
  if (currencies.length === 0) return undefined
  return moneyIn(Object.fromEntries(currencies.map(currency => [currency, refundedAmount(state, currency)])), asked)
}

/** Codes and categories were written from decoded events, each by its schema. */
function shownFailure(state: PaymentState): FailureCause | undefined {
  const leaves = FAILURE.shown(state.facts)
  return Object.keys(leaves).length === 0 ? undefined : (leaves as FailureCause)
}
