import {
  kindOf,
  type Part,
  type ReportedAt,
  type TranslateSettings,
  type Translation,
  toInstant,
} from "@payfold/domain"
import { ignored, named, type Place, unreadableAt } from "@payfold/domain/adapter"
import { IGNORED } from "./ignoredKinds.ts"
import { type Kind, recognise, strangerToCancels } from "./recognise.ts"
import { translateBankTransfer } from "./translateBankTransfer.ts"
import { translateCancel } from "./translateCancel.ts"
import { translateCharge, translateChargeSet } from "./translateCharge.ts"
import { translateRefund } from "./translateRefund.ts"
import { type Announced, announcedBy } from "./wire/events.ts"

/** Where an object stands in its body, when its envelope says it was sent, and the merchant's settings. */
export interface Context {
  readonly place: Place
  readonly reportedAt: ReportedAt
  readonly settings: TranslateSettings
}

/**
 * What a body from UnivaPay implies: an object, a list of them (`{items: […]}`), a webhook around one (`{event, data}`, since about 2020
 * `{id, event, created_on, data}`), or the set that `snapshot` puts together (`{charge, token, expiry}`).
 *
 * Meaning comes from the object's own fields and its `status`. An event's name only tells look-alikes apart: it never says how a charge
 * stands, and the `id` around an object is that delivery's, not the charge's.
 *
 * Source: seed 001, UnivaPay client SDKs and univapay-node 4.0.130 (read 2026-11-20).
 */
export function translate(body: unknown, settings: TranslateSettings): Translation {
  const context: Context = { place: [], reportedAt: undefined, settings }
  if (Array.isArray(body)) return translateList(body, context)
  const items = isObject(body) ? listed(body) : undefined
  return items === undefined ? [translateOne(body, context)] : translateList(items, { ...context, place: ["items"] })
}

/** A page has no mark but its items. An object that has marks of its own is what they say, whatever list it holds beside them. */
function listed(body: Readonly<Record<string, unknown>>): ReadonlyArray<unknown> | undefined {
  const { items } = body
  const isMarked = Object.hasOwn(body, "event") || Object.hasOwn(body, "charge") || recognise(body) !== "request"
  return Array.isArray(items) && !isMarked ? items : undefined
}

function translateList(items: ReadonlyArray<unknown>, context: Context): Translation {
  const [first, ...rest] = items.map((item, index) =>
    translateOne(item, { ...context, place: [...context.place, index] }),
  )
  return first === undefined ? [ignored("an empty list says nothing about a payment")] : [first, ...rest]
}

function translateOne(body: unknown, context: Context): Part {
  if (!isObject(body))
    return unreadableAt("the body", context.place, "an object such as a charge or a webhook", kindOf(body))
  if (Object.hasOwn(body, "event")) return translateWebhook(body, context)
  if (Object.hasOwn(body, "charge") && !Object.hasOwn(body, "id")) return translateChargeSet(body, context)
  const kind = recognise(body)
  if (kind === undefined && Object.hasOwn(body, "data")) return translateWebhook(body, context)
  return kind === undefined ? translateUnnamed(body, context) : translateKind(kind, body, context)
}

function translateUnnamed(body: Readonly<Record<string, unknown>>, { place }: Context): Part {
  const stranger = strangerToCancels(body)
  return stranger === undefined
    ? unreadableAt("the body", place, "the fields of a charge, a refund or a cancel", "an object without them")
    : unreadableAt("the body", place, "the fields of a cancel and no others", `${named(stranger)} among them`)
}

function translateWebhook(body: Readonly<Record<string, unknown>>, context: Context): Part {
  const data = body["data"]
  const inside = {
    ...context,
    place: [...context.place, "data"],
    reportedAt: typeof body["created_on"] === "string" ? toInstant(body["created_on"]) : undefined,
  }
  const what = `a webhook ${Object.hasOwn(body, "event") ? named(body["event"]) : "without an event"}`
  const announced = announcedBy(body["event"])
  if (announced !== undefined && !isRead(announced)) return translateUnlessCharge(announced, data, inside)
  if (!isObject(data)) return unreadableAt(what, inside.place, "an object such as a charge", kindOf(data))
  const kind = recognise(data)
  if (kind === "charge") return translateCharge(data, inside)
  // Fields alone tell a charge; they do not tell a refund or a cancel from whatever a new event may bring.
  if (announced === undefined)
    return unreadableAt(what, inside.place, "a whole charge, since no such event is known", "another object")
  // A refund that lost its amounts has the fields of a cancel, which it must not become.
  if (kind === undefined || kind === announced || (announced === "refund" && kind === "cancel"))
    return translateKind(announced, data, inside)
  return unreadableAt(what, inside.place, `a ${announced}, as the event says`, `what looks like a ${kind}`)
}

/** Events about other things bring look-alikes; only a whole charge is more than its event says. */
function translateUnlessCharge(announced: Exclude<Announced, ReadKind>, data: unknown, context: Context): Part {
  return isObject(data) && recognise(data) === "charge" ? translateCharge(data, context) : ignored(IGNORED[announced])
}

type ReadKind = "charge" | "refund" | "cancel" | "bank-transfer"

function isRead(kind: Kind): kind is ReadKind {
  return kind === "charge" || kind === "refund" || kind === "cancel" || kind === "bank-transfer"
}

function translateKind(kind: Kind, object: object, context: Context): Part {
  switch (kind) {
    case "charge":
      return translateCharge(object, context)
    case "refund":
      return translateRefund(object, context)
    case "cancel":
      return translateCancel(object, context)
    case "bank-transfer":
      return translateBankTransfer(object, context)
    default:
      return ignored(IGNORED[kind])
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
