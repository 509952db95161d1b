import {
  encodeEvent,
  isEvent,
  type PaymentProvider,
  readBody,
  type TranslateSettings,
  type Translation,
} from "@payfold/domain"
import { Result } from "effect"

/**
 * What a delivery's bytes imply. A body that is not JSON is one `Unreadable` part. So is one on which the adapter throws, or answers with an event that
 * breaks its schema: that breaks the adapter's own law, and the delivery waits in quarantine for the mended one.
 */
export function translateDelivery(
  provider: PaymentProvider,
  bytes: Uint8Array,
  settings: TranslateSettings,
): Translation {
  const body = readBody(bytes)
  if (Result.isFailure(body)) return [body.failure]
  const translation = Result.try({
    try: () => {
      const parts = provider.translate(body.success, settings)
      // An event that breaks its own schema could be written and never read again. To look takes a third of encoding it; what is wrong, encoding tells.
      for (const part of parts) {
        if (part._tag === "Implied" && !part.events.every(isEvent)) part.events.forEach(encodeEvent)
      }
      return parts
    },
    catch: thrown => (thrown instanceof Error ? thrown.name : "an exception"),
  })
  if (Result.isSuccess(translation)) return translation.success
  const reason = `the ${provider.name} adapter, version ${provider.version}, broke on this body: ${translation.failure}`
  return [{ _tag: "Unreadable", reason }]
}
