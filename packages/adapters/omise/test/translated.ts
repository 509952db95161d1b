import { DEFAULT_TRANSLATE_SETTINGS, type Part, type PaymentEvent, type TranslateSettings } from "@payfold/domain"
import { REPORTED } from "../src/adapter.ts"
import { translate } from "../src/translate.ts"

/** The only part of a body; a body of more parts is a defect of the test. */
export function partOf(body: unknown, settings: TranslateSettings = DEFAULT_TRANSLATE_SETTINGS): Part {
  const [part, ...others] = translate(body, settings)
  if (others.length > 0) throw new Error(`one part expected, ${others.length + 1} found`)
  return part
}

/** The events of a body's only part, without what every event carries, which is checked here once for all. */
export function eventsOf(body: unknown, settings?: TranslateSettings): ReadonlyArray<object> {
  const part = partOf(body, settings)
  if (part._tag !== "Implied") throw new Error(`${part._tag}: ${part.reason}`)
  return part.events.map(bare)
}

export function bare(event: PaymentEvent): object {
  const { schemaVersion, adapter, ...rest } = event
  if (schemaVersion !== REPORTED.schemaVersion || adapter.name !== "omise" || adapter.version !== 1) {
    throw new Error("every event carries its schema's version and its adapter's")
  }
  return rest
}

/** One of the events, by its tag; `undefined` where it is not implied. */
export function eventOf(tag: PaymentEvent["_tag"], body: unknown, settings?: TranslateSettings): object | undefined {
  return eventsOf(body, settings).find(event => "_tag" in event && event._tag === tag)
}

export function tagsOf(body: unknown): ReadonlyArray<string> {
  const part = partOf(body)
  return part._tag === "Implied" ? part.events.map(event => event._tag) : [part._tag]
}
