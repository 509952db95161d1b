import { decodeEvent } from "@payfold/domain"
import { Result } from "effect"
import type { StoredEvent } from "../log/EncodedEvent.ts"
import type { LogFault } from "../log/LogFault.ts"

/** What is wrong with an event that stands in the log as it was appended: it cannot be read, or its envelope says something else than it does. */
export function eventFault(stored: StoredEvent): LogFault | undefined {
  const fault = (found: string, expected: string): LogFault => ({
    ...{ _tag: "LogFault", kind: "event", position: stored.position, found, expected },
  })
  const decoded = Result.match(decodeEvent(stored.data), {
    onSuccess: event => event,
    onFailure: failure => fault(failure.message, "an event that this Payfold reads"),
  })
  if (decoded._tag === "LogFault") return decoded
  const inside = `${decoded._tag} by ${decoded.adapter.name} ${decoded.adapter.version}`
  const envelope = `${stored.type} by ${stored.adapter} ${stored.adapterVersion}`
  return inside === envelope ? undefined : fault(`${inside} in an envelope of ${envelope}`, "the same in both")
}
