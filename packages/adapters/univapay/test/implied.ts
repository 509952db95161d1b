import { DEFAULT_TRANSLATE_SETTINGS, type PaymentEvent, type TranslateSettings } from "@payfold/domain"
import { REPORTED } from "../src/adapter.ts"
import { translate } from "../src/translate.ts"

/** An event without what every event of this adapter carries. */
export type Said = Readonly<Record<string, unknown>> & { readonly _tag: PaymentEvent["_tag"] }

/** The events of a body that is one readable object, in order; each carries this adapter's name and version. */
export function implied(body: unknown, settings: TranslateSettings = DEFAULT_TRANSLATE_SETTINGS): ReadonlyArray<Said> {
  const [part, ...others] = translate(body, settings)
  if (others.length > 0 || part._tag !== "Implied") throw new Error(`not one readable object: ${JSON.stringify(part)}`)
  return part.events.map(({ schemaVersion, adapter, ...said }) => {
    if (schemaVersion !== REPORTED.schemaVersion || adapter.name !== REPORTED.adapter.name) throw new Error("not ours")
    return said
  })
}

/** What became of a body that implies nothing, in words. */
export function reasonFor(body: unknown): string {
  const [part] = translate(body, DEFAULT_TRANSLATE_SETTINGS)
  return part._tag === "Implied" ? "implied events" : `${part._tag}: ${part.reason}`
}
