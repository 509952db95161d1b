import {
  type EventOf,
  type Instructions,
  known,
  type Mode,
  type PaymentEvent,
  type PaymentMethod,
  type ReportedAt,
  type TranslateSettings,
  toInstant,
  toMoney,
} from "@payfold/domain"
import { named, orderReference } from "@payfold/domain/adapter"
import { PROVIDER, REPORTED } from "../adapter.ts"
import { deadlineOf } from "../deadline.ts"
import { toMethod } from "../methods.ts"
import { modeOf } from "../mode.ts"
import type { Charge } from "../wire/Charge.ts"
import type { Expiry } from "../wire/Expiry.ts"
import type { Token } from "../wire/Token.ts"
import { instructionsOf, provesAwaiting } from "./instructions.ts"
import { outcomeOf, statusOf } from "./outcome.ts"

/** A charge and what was fetched beside it; a token or an expiry that belongs to another charge is left out and named. */
export interface ChargeSet {
  readonly charge: Charge
  readonly token?: Token
  readonly expiry?: Expiry
}

/** What one charge implies, oldest fact first. */
export function chargeEvents(
  set: ChargeSet,
  reportedAt: ReportedAt,
  settings: TranslateSettings,
): ReadonlyArray<PaymentEvent> {
  const { token, expiry, strangers } = ownParts(set)
  const { charge } = set
  const instructions = instructionsOf(charge, token)
  const isAwaited = charge.status === "awaiting" || provesAwaiting(instructions)
  const created: EventOf<"PaymentCreated"> = {
    _tag: "PaymentCreated",
    ...REPORTED,
    provider: PROVIDER,
    chargeId: charge.id,
    ...(charge.status === "authorized" ? { authorised: true } : {}),
    ...known({
      mode: modeOfCharge(charge),
      requested: toMoney(charge.requested_amount, charge.requested_currency),
      method: methodOf(token, instructions),
      orderReference: orderReference(charge.metadata, settings, reportedAt),
      createdAt: toInstant(charge.created_on ?? ""),
      disagreements: nonEmpty([...strangers, ...modeDisagreements(charge), ...unknownStatus(charge)]),
    }),
  }
  const awaiting: EventOf<"PaymentAwaiting"> = {
    _tag: "PaymentAwaiting",
    ...REPORTED,
    instructions,
    ...known({ deadline: deadlineOf(charge, token, expiry) }),
  }
  return [created, ...(isAwaited ? [awaiting] : []), ...outcomeOf(charge)]
}

function ownParts({ charge, token, expiry }: ChargeSet) {
  const isOtherToken = isOther(charge.transaction_token_id, token?.id)
  const isOtherExpiry = isOther(charge.id, expiry?.charge_id)
  return {
    token: isOtherToken ? undefined : token,
    expiry: isOtherExpiry ? undefined : expiry,
    strangers: [
      ...(isOtherToken ? ["the token that came with the charge is not the charge's token"] : []),
      ...(isOtherExpiry ? ["the expiry that came with the charge is another charge's"] : []),
    ],
  }
}

function isOther(expected: string | undefined, found: string | undefined): boolean {
  return expected !== undefined && found !== undefined && expected !== found
}

function modeOfCharge({ mode, test_mode: isTest }: Charge): Mode | undefined {
  return modeOf(mode) ?? (mode !== undefined || isTest === undefined ? undefined : isTest ? "test" : "live")
}

function modeDisagreements({ mode, test_mode: isTest }: Charge): ReadonlyArray<string> {
  const isTold = modeOf(mode) !== undefined && isTest !== undefined
  return isTold && (mode === "test") !== isTest ? ["the charge's mode and its test_mode differ"] : []
}

function unknownStatus(charge: Charge): ReadonlyArray<string> {
  return statusOf(charge) === undefined ? [`the status ${named(charge.status)} is not one that UnivaPay publishes`] : []
}

/** A payment number alone is cash at a counter nobody named: only the token knows which. */
function methodOf(token: Token | undefined, { paymentNumber, slipUrl }: Instructions): PaymentMethod | undefined {
  const method = token === undefined ? undefined : toMethod(token)
  if (method !== undefined) return method
  return paymentNumber === undefined && slipUrl === undefined ? undefined : { _tag: "CounterCash" }
}

function nonEmpty<Value>([first, ...rest]: ReadonlyArray<Value>):
  | readonly [Value, ...ReadonlyArray<Value>]
  | undefined {
  return first === undefined ? undefined : [first, ...rest]
}
