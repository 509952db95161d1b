import {
  imply,
  kindOf,
  known,
  type Part,
  type PaymentEvent,
  type TranslateSettings,
  type Translation,
  toPaymentId,
} from "@payfold/domain"
import { ignored, named, type Place, unreadable, unreadableAt } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { REPORTED } from "./adapter.ts"
import type { Context } from "./Context.ts"
import { chargeEvents } from "./charge/chargeEvents.ts"
import { outcomeOf } from "./charge/outcome.ts"
import { chargebackEvent, isBooked, refundEvent } from "./charge/refunds.ts"
import { modeDisagreement, modeOf } from "./mode.ts"
import { Charge } from "./wire/Charge.ts"
import { Dispute } from "./wire/Dispute.ts"
import { chargeNamedBy, field, kind } from "./wire/kind.ts"
import { moment } from "./wire/moment.ts"
import { Refund } from "./wire/Refund.ts"

/**
 * What a body of Omise implies, oldest fact first, one part for each object in it.
 *
 * `body` is parsed JSON of any kind: a charge, a refund, a dispute, an event whose `data` is one, or a list or search result of those. Shapes of
 * 2014 to 2019-05-29 may occur side by side, because an event keeps the API version of its moment. Amounts are minor units. It never throws
 * and never follows a nesting of unknown depth: an event and a list are opened once each.
 *
 * `Ignored` where an object concerns no payment; `Unreadable` where it does and a required field is missing or mistyped, also for a
 * refund or dispute inside a charge that is readable itself: the caller keeps the bytes in quarantine.
 *
 * Source: Omise Charges, Refunds, Disputes, Events and Search APIs; seeds 000, 002, 003 and 004 (read 2026-11-20).
 */
export function translate(body: unknown, settings: TranslateSettings): Translation {
  const context: Context = { place: [], reportedAt: undefined, settings }
  if (Array.isArray(body)) return translateItems(body, context)
  const object = kind(body)
  if (object !== "list" && object !== "search") return notEmpty(translateItem(body, context))
  const items = field(body, "data")
  if (!Array.isArray(items)) return [unreadableAt(`a ${object}`, ["data"], "a list", kindOf(items))]
  return translateItems(items, { ...context, place: ["data"] })
}

type Parts = ReadonlyArray<Part>

function translateItems(items: ReadonlyArray<unknown>, context: Context): Translation {
  return notEmpty(items.flatMap((item, index) => translateItem(item, { ...context, place: [...context.place, index] })))
}

/** One object of a list, or the whole body. */
function translateItem(item: unknown, context: Context): Parts {
  if (kind(item) !== "event") return translateObject(item, context)
  const data = field(item, "data")
  const object = kind(data)
  const inside = { ...context, place: [...context.place, "data"] }
  if (object === undefined) return [withoutObject(item, kindOf(data), inside.place)]
  if (object === "event") return [withoutObject(item, "an event", inside.place)]
  if (object === "list" || object === "search") return [withoutObject(item, `a ${object}`, inside.place)]
  const reportedAt = [field(item, "created_at"), field(item, "created")].find(text => typeof text === "string")
  return translateObject(data, {
    ...inside,
    reportedAt: typeof reportedAt === "string" ? moment(reportedAt) : undefined,
  })
}

/** Only here is the key of an event looked at: to tell a lost payment from something that never was one. */
function withoutObject(event: unknown, found: string, place: Place): Part {
  const key = field(event, "key")
  const concernsPayment = typeof key !== "string" || /^(charge|refund|dispute)\./.test(key)
  if (!concernsPayment) return ignored(`an event ${named(key)} without an object concerns no payment`)
  return unreadableAt("an event", place, "a charge, a refund, a dispute or another object", found)
}

function translateObject(body: unknown, context: Context): Parts {
  const { place } = context
  const object = kind(body)
  switch (object) {
    case "charge":
      return translateCharge(body, context)
    case "refund":
      return [translateRefund(body, place)]
    case "dispute":
      return [translateDispute(body, place)]
    case "source":
      return [ignored(`a source of type ${named(field(body, "type"))} is a way to pay that names no charge`)]
    case "error":
      return [ignored(`an error answer, ${named(field(body, "code"))}, says nothing about a payment`)]
    case "list":
    case "search":
      return [
        unreadableAt(`a ${object} inside a list`, place, "a charge, a refund, a dispute or an event", `a ${object}`),
      ]
    case undefined:
      return [withoutKind(body, place)]
    default:
      return [ignored(`an object of kind ${named(object)} concerns no payment`)]
  }
}

function withoutKind(body: unknown, place: Place): Part {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return unreadableAt("the body", place, "an object such as a charge or an event", kindOf(body))
  }
  const object = field(body, "object")
  if (object !== undefined)
    return unreadableAt("the body", [...place, "object"], "the kind of the object", kindOf(object))
  const id = field(body, "id")
  if (id !== undefined) return unreadableAt("the body", [...place, "object"], "the kind of the object", "nothing")
  return ignored("it names neither a kind nor an id: a request body or a fragment, not a report of a payment")
}

const decodeCharge = Schema.decodeUnknownResult(Charge)
const decodeRefund = Schema.decodeUnknownResult(Refund)
const decodeDispute = Schema.decodeUnknownResult(Dispute)

function translateCharge(body: unknown, context: Context): Parts {
  const { place } = context
  const decoded = decodeCharge(body)
  if (Result.isFailure(decoded)) return [unreadable("a charge", place, decoded.failure, body)]
  const charge = decoded.success
  const outcome = outcomeOf(charge)
  if (outcome === undefined) {
    return [
      unreadableAt(
        "a charge",
        [...place, "status"],
        "a status, or the flags captured or paid of the oldest objects",
        "nothing",
      ),
    ]
  }
  const reading = chargeEvents(charge, outcome, context)
  return [implied(charge.id, reading.events, place), ...reading.unreadable]
}

function translateRefund(body: unknown, place: Place): Part {
  const decoded = decodeRefund(body)
  if (Result.isFailure(decoded)) return unreadable("a refund", place, decoded.failure, body)
  const refund = decoded.success
  if (!isBooked(refund))
    return ignored(`a refund in the status ${named(refund.status)} has moved no money that we know of`)
  return ofCharge("a refund", refund, refundEvent(refund), place)
}

function translateDispute(body: unknown, place: Place): Part {
  const decoded = decodeDispute(body)
  if (Result.isFailure(decoded)) return unreadable("a dispute", place, decoded.failure, body)
  const dispute = decoded.success
  if (dispute.status === "lost") return ofCharge("a dispute", dispute, chargebackEvent(dispute), place)
  return ignored(`a dispute in the status ${named(dispute.status)} has taken no money back; only a lost one does`)
}

/**
 * A refund or dispute that comes alone names its charge and nothing else of it: what is not known stays unknown, not zero. Where the request
 * expanded the charge, only its id is read here; the charge speaks for itself when it is retrieved.
 */
function ofCharge(what: string, part: Refund | Dispute, event: PaymentEvent | undefined, place: Place): Part {
  const id = chargeNamedBy(part)
  if (typeof id !== "string" || toPaymentId(REPORTED.adapter.name, id) === undefined) {
    return unreadableAt(what, [...place, "charge"], "the id of a charge", kindOf(id))
  }
  const disagreement = modeDisagreement(part.livemode, id)
  const created: PaymentEvent = {
    ...REPORTED,
    _tag: "PaymentCreated",
    provider: REPORTED.adapter.name,
    chargeId: id,
    ...known({
      mode: modeOf(part.livemode, id),
      disagreements: disagreement === undefined ? undefined : ([disagreement] as const),
    }),
  }
  return implied(id, event === undefined ? [created] : [created, event], place)
}

function implied(chargeId: string, events: ReadonlyArray<PaymentEvent>, place: Place): Part {
  const payment = toPaymentId(REPORTED.adapter.name, chargeId)
  if (payment === undefined)
    return unreadableAt("a charge", [...place, "id"], "an id of printable characters", kindOf(chargeId))
  return imply(payment, events)
}

function notEmpty(parts: Parts): Translation {
  const [first, ...rest] = parts
  return first === undefined ? [ignored("an empty list says nothing about a payment")] : [first, ...rest]
}
