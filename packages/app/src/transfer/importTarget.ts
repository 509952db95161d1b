import { createHash } from "node:crypto"
import { decodeEvent } from "@payfold/domain"
import { Effect, Result } from "effect"
import type { LogFault } from "../log/LogFault.ts"
import { LogWalk } from "../log/LogWalk.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { Transaction } from "../postgres/Transaction.ts"
import { bodyBytes } from "./bodyText.ts"
import type { Imported } from "./importLog.ts"
import { endImport, insertDeliveries, insertEvents, insertKeys, undeliveredEvent } from "./importStatements.ts"
import type { LineOf } from "./LogFile.ts"
import { LogFileFault } from "./LogFileFault.ts"
import { priorPositions } from "./priorPositions.ts"
import type { LineBatch } from "./readLogFile.ts"

/** The log a file is read into, inside the import's transaction. */
export interface ImportTarget {
  readonly log: LineOf<"Log">
  /** Checks a batch and stores it. */
  readonly store: (batch: LineBatch) => Effect.Effect<void, LogFileFault | DatabaseFailure, Transaction>
  /** Events and deliveries stored so far. */
  readonly done: () => number
  readonly imported: () => Imported
}

/** Checks what only the whole log can show: the chain, the versions of payments, that bodies have their hashes and events their deliveries. */
export const importTarget = (log: LineOf<"Log">): ImportTarget => {
  const { merchant } = log
  const walk = new LogWalk(merchant, undefined)
  let deliveries = 0
  return {
    log,
    done: () => walk.position + deliveries,
    imported: () => ({ _tag: "Imported", merchant, events: walk.position, deliveries, chain: log.head.chain }),
    store: Effect.fnUntraced(function* (batch) {
      switch (batch.tag) {
        case "Log":
          return
        case "Event":
          yield* checkEvents(merchant, walk, batch.lines, batch.firstLine)
          yield* insertEvents(merchant, batch.lines)
          return
        case "Delivery": {
          for (const [index, line] of batch.lines.entries()) yield* checkDelivery(line, batch.firstLine + index)
          const written = yield* insertDeliveries(merchant, batch.lines)
          yield* refuseSecond(batch, line => written.has(line.deliveryId), "a body that stands before")
          deliveries += batch.lines.length
          return
        }
        case "AppendKey": {
          const isPlaced = ({ firstPosition, lastPosition }: LineOf<"AppendKey">) =>
            firstPosition <= lastPosition && lastPosition <= log.head.position
          yield* refuseSecond(batch, isPlaced, "positions outside the log")
          const written = yield* insertKeys(merchant, batch.lines)
          yield* refuseSecond(batch, line => written.has(line.key), "a key that stands before")
          return
        }
        case "End":
          yield* checkWhole(log, walk)
          yield* endImport(log)
      }
    }),
  }
}

/** `timestamptz_send`: microseconds since 2000 in eight bytes. What we write has whole milliseconds. */
function instantBytes(instant: string): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(Date.parse(instant) - Date.UTC(2000, 0, 1)) * 1000n)
  return bytes
}

const checkEvents = Effect.fnUntraced(function* (
  merchant: string,
  walk: LogWalk,
  events: ReadonlyArray<LineOf<"Event">>,
  firstLine: number,
) {
  const priors = yield* priorPositions(merchant, events)
  for (const [index, event] of events.entries()) {
    const line = firstLine + index
    const read = decodeEvent(event.data)
    if (Result.isFailure(read)) {
      return yield* new LogFileFault({ line, found: read.failure.message, expected: "an event that can be read" })
    }
    const { prior, isTaken } = priors[index] ?? { prior: null, isTaken: false }
    if (isTaken) {
      const found = `version ${event.version} of ${event.payment} once more`
      return yield* new LogFileFault({ line, found, expected: "each version once" })
    }
    const link = event.link === null ? null : Buffer.from(event.link, "hex")
    const fault = walk.step({ ...event, link, instant: instantBytes(event.recordedAt), priorPosition: prior })
    if (fault !== undefined) return yield* faultOf(fault, line)
  }
})

const faultOf = ({ kind, found, expected }: LogFault, line: number) =>
  new LogFileFault({ line, found: `${kind}: ${found}`, expected })

const checkDelivery = (delivery: LineOf<"Delivery">, line: number): Effect.Effect<void, LogFileFault> => {
  const { body, bodyHash, prunedAt, state, reason } = delivery
  const fault = (found: string, expected: string) => Effect.fail(new LogFileFault({ line, found, expected }))
  if ((body === null) !== (prunedAt !== null)) return fault("a body that is pruned and there", "one or the other")
  if (state === "quarantined" && reason === null) return fault("a quarantine without a reason", "a reason")
  if (body === null) return Effect.void
  const hash = createHash("sha256").update(bodyBytes(body)).digest("hex")
  return hash === bodyHash ? Effect.void : fault(`a body with the hash ${hash}`, bodyHash)
}

/** Fails at the first line of a batch that is not as it must be. */
const refuseSecond = <Line>(
  { lines, firstLine }: { readonly lines: ReadonlyArray<Line>; readonly firstLine: number },
  isRight: (line: Line) => boolean,
  found: string,
): Effect.Effect<void, LogFileFault> => {
  const index = lines.findIndex(line => !isRight(line))
  if (index < 0) return Effect.void
  return Effect.fail(new LogFileFault({ line: firstLine + index, found, expected: "each once, inside the log" }))
}

const checkWhole = Effect.fnUntraced(function* (log: LineOf<"Log">, walk: LogWalk) {
  const { position, chain, recordedAt } = log.head
  const sound = walk.finish(log.head)
  // The line of a position: the first line is not an event.
  if (sound._tag === "LogFault" && sound.kind !== "tail") return yield* faultOf(sound, position + 1)
  if (sound._tag === "LogFault") {
    return yield* new LogFileFault({ line: 1, found: `a head with the chain ${chain}`, expected: sound.expected })
  }
  if (recordedAt !== walk.recordedAt) {
    const expected = walk.recordedAt ?? "none"
    return yield* new LogFileFault({ line: 1, found: `a head recorded at ${recordedAt}`, expected })
  }
  const undelivered = yield* undeliveredEvent(log.merchant)
  if (undelivered !== undefined) {
    const found = `delivery ${undelivered.deliveryId}, which is not in the file`
    return yield* new LogFileFault({ line: undelivered.position + 1, found, expected: "a delivery of the file" })
  }
})
