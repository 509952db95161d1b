import {
  imply,
  kindOf,
  known,
  type Part,
  type PaymentEvent,
  type ReportedAt,
  type TranslateSettings,
  type Translation,
  toPaymentId,
} from "@payfold/domain"
import { ignored, named, unreadable, unreadableAt } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { REPORTED } from "./adapter.ts"
import { chargeEvents } from "./charge/chargeEvents.ts"
import { outcomeOf } from "./charge/outcome.ts"
import { chargebackEvent, isBooked, refundEvent } from "./charge/refunds.ts"
import { modeOf } from "./mode.ts"
import { Charge } from "./wire/Charge.ts"
import { Dispute } from "./wire/Dispute.ts"
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
  const object = Array.isArray(body) ? "list" : kind(body)
  if (object !== "list" && object !== "search") return notEmpty(translateItem(body, settings))
  const items = Array.isArray(body) ? body : field(body, "data")
  if (!Array.isArray(items)) return [unreadableAt(`a ${object}`, ["data"], "a list", kindOf(items))]
  return notEmpty(items.flatMap(item => translateItem(item, settings)))
}

type Parts = ReadonlyArray<Part>

/** One object of a list, or the whole body. */
function translateItem(item: unknown, settings: TranslateSettings): Parts {
  if (kind(item) !== "event") return translateObject(item, settings, undefined)
  const data = field(item, "data")
  const object = kind(data)
  if (object === undefined || object === "event" || object === "list") return [withoutObject(item, data)]
  const reportedAt = [field(item, "created_at"), field(item, "created")].find(text => typeof text === "string")
  return translateObject(data, settings, typeof reportedAt === "string" ? moment(reportedAt) : undefined)
}

/** Only here is the key of an event looked at: to tell a lost payment from something that never was one. */
function withoutObject(event: unknown, data: unknown): Part {
  const key = field(event, "key")
  const concernsPayment = typeof key !== "string" || /^(charge|refund|dispute)\./.test(key)
  if (!concernsPayment) return ignored(`an event ${named(key)} without an object concerns no payment`)
  return unreadableAt("an event", ["data"], "a charge, a refund, a dispute or another object", kindOf(data))
}

function translateObject(body: unknown, settings: TranslateSettings, reportedAt: ReportedAt): Parts {
  const object = kind(body)
  switch (object) {
    case "charge":
      return translateCharge(body, settings, reportedAt)
    case "refund":
      return [translateRefund(body)]
    case "dispute":
      return [translateDispute(body)]
    case "source":
      return [ignored(`a source of type ${named(field(body, "type"))} is a way to pay that names no charge`)]
    case "error":
      return [ignored(`an error answer, ${named(field(body, "code"))}, says nothing about a payment`)]
    case "list":
    case "search":
    case "event":
      return [unreadableAt(`a ${object} inside a list`, [], "a charge, a refund, a dispute or an event", object)]
    case undefined:
      return [withoutKind(body)]
    default:
      return [ignored(`an object of kind ${named(object)} concerns no payment`)]
  }
}

function withoutKind(body: unknown): Part {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return unreadableAt("the body", [], "an object such as a charge or an event", kindOf(body))
  }
  const object = field(body, "object")
  if (object !== undefined) return unreadableAt("the body", ["object"], "the kind of the object", kindOf(object))
  const id = field(body, "id")
  if (id !== undefined) return unreadableAt("the body", ["object"], "the kind of the object", "nothing")
  return ignored("it names neither a kind nor an id: a request body or a fragment, not a report of a payment")
}

const decodeCharge = Schema.decodeUnknownResult(Charge)
const decodeRefund = Schema.decodeUnknownResult(Refund)
const decodeDispute = Schema.decodeUnknownResult(Dispute)

function translateCharge(body: unknown, settings: TranslateSettings, reportedAt: ReportedAt): Parts {
  const decoded = decodeCharge(body)
  if (Result.isFailure(decoded)) return [unreadable("a charge", [], decoded.failure, body)]
  const charge = decoded.success
  const outcome = outcomeOf(charge)
  if (outcome === undefined) {
    return [
      unreadableAt("a charge", ["status"], "a status, or the flags captured or paid of the oldest objects", "nothing"),
    ]
  }
  const reading = chargeEvents(charge, outcome, settings, reportedAt)
  return [implied(charge.id, reading.events), ...reading.unreadable]
}

function translateRefund(body: unknown): Part {
  const decoded = decodeRefund(body)
  if (Result.isFailure(decoded)) return unreadable("a refund", [], decoded.failure, body)
  const refund = decoded.success
  if (!isBooked(refund))
    return ignored(`a refund in the status ${named(refund.status)} has moved no money that we know of`)
  return ofCharge("a refund", refund, refundEvent(refund))
}

function translateDispute(body: unknown): Part {
  const decoded = decodeDispute(body)
  if (Result.isFailure(decoded)) return unreadable("a dispute", [], decoded.failure, body)
  const dispute = decoded.success
  if (dispute.status === "lost") return ofCharge("a dispute", dispute, chargebackEvent(dispute))
  return ignored(`a dispute in the status ${named(dispute.status)} has taken no money back; only a lost one does`)
}

/**
 * A refund or dispute that comes alone names its charge and nothing else of it: what is not known stays unknown, not zero. Where the request
 * expanded the charge, only its id is read here; the charge speaks for itself when it is retrieved.
 */
function ofCharge(what: string, part: Refund | Dispute, event: PaymentEvent | undefined): Part {
  const id = kind(part.charge) === "charge" ? field(part.charge, "id") : part.charge
  if (typeof id !== "string" || toPaymentId(REPORTED.adapter.name, id) === undefined) {
    return unreadableAt(what, ["charge"], "the id of a charge", kindOf(id))
  }
  const created: PaymentEvent = {
    ...REPORTED,
    _tag: "PaymentCreated",
    provider: REPORTED.adapter.name,
    chargeId: id,
    ...known({ mode: modeOf(part.livemode, id) }),
  }
  return implied(id, event === undefined ? [created] : [created, event])
}

function implied(chargeId: string, events: ReadonlyArray<PaymentEvent>): Part {
  const payment = toPaymentId(REPORTED.adapter.name, chargeId)
  if (payment === undefined) return unreadableAt("a charge", ["id"], "an id of printable characters", kindOf(chargeId))
  return imply(payment, events)
}

/** Ids begin with the kind of their object. Source: seeds 000 to 004 and recorded objects (read 2026-11-20). */
const KINDS_BY_PREFIX = [
  ["chrg_", "charge"],
  ["rfnd_", "refund"],
  ["dspt_", "dispute"],
  ["evnt_", "event"],
  ["src_", "source"],
] as const

/** The kind that an object names; where it names none, its id tells it. */
function kind(value: unknown): string | undefined {
  const object = field(value, "object")
  if (object !== undefined) return typeof object === "string" && object !== "" ? object : undefined
  const id = field(value, "id")
  return typeof id === "string" ? KINDS_BY_PREFIX.find(([prefix]) => id.startsWith(prefix))?.[1] : undefined
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined
  // Any own property of parsed JSON may be looked at; what it is, the reader of it checks.
  return (value as Record<string, unknown>)[name]
}

function notEmpty(parts: Parts): Translation {
  const [first, ...rest] = parts
  return first === undefined ? [ignored("an empty list says nothing about a payment")] : [first, ...rest]
}
