import { Effect, Stream } from "effect"
import { type Ingested, ingest } from "../../inbox/ingest.ts"
import { allDocuments, bytesOf } from "../documents.ts"
import { SomethingWrong } from "../Exit.ts"
import { counted, printJson, printLine, styled } from "../print.ts"
import { progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { printable } from "../table.ts"
import { warnOfRebuilds } from "../warnOfRebuilds.ts"
import { withDatabase } from "../withDatabase.ts"

/** Deliveries stored and drained together: what is printed follows what is read at this distance. */
const CHUNK = 100

const STOPPED =
  "What was recorded stays, and what was only kept is recorded by the next run. Run the same command again: what is there already records nothing twice."

interface Flags {
  readonly provider: string
  readonly inputs: ReadonlyArray<string>
  readonly merchant: string
  readonly json: boolean
}

export const ingestAction = Effect.fn("ingest")(function* ({ provider, inputs, merchant, json }: Flags) {
  const counts = { deliveries: 0, events: 0, known: 0, ignored: 0, quarantined: 0 }
  const totalBytes = bytesOf(inputs)
  const progress = progressOf("ingest", "bytes", json)
  let doneBytes = 0
  yield* withDatabase(
    allDocuments(inputs).pipe(
      Stream.grouped(CHUNK),
      Stream.runForEach(chunk =>
        Effect.map(ingest(merchant, provider, chunk), outcomes => {
          progress.clear()
          for (const outcome of outcomes) {
            count(counts, outcome)
            if (json) printJson(outcome)
            else printOutcome(outcome)
          }
          doneBytes = chunk.reduce((sum, { bytes }) => sum + bytes.length, doneBytes)
          progress.report(doneBytes, totalBytes)
        }),
      ),
      Effect.andThen(warnOfRebuilds(merchant, json)),
    ),
  ).pipe(Effect.ensuring(Effect.sync(progress.end)), stoppable(STOPPED))
  if (!json) printLine(summary(counts))
  if (counts.quarantined > 0) return yield* new SomethingWrong()
})

type Counts = Record<"deliveries" | "events" | "known" | "ignored" | "quarantined", number>

function count(counts: Counts, { state, events }: Ingested): void {
  counts.deliveries += 1
  counts.events += events.length
  if (state === "quarantined") counts.quarantined += 1
  else if (state === "ignored") counts.ignored += 1
  else if (events.length === 0) counts.known += 1
}

function printOutcome({ source, state, reason, events }: Ingested): void {
  if (events.length > 0) printLine(`${source}: ${events.map(({ payment, type }) => `${payment} ${type}`).join(", ")}`)
  if (state === "quarantined") printLine(`${source}: ${styled("red", "quarantined")}: ${printable(reason ?? "")}`)
  else if (state === "ignored") printLine(`${source}: ${styled("gray", "ignored")}: ${printable(reason ?? "")}`)
  else if (events.length === 0) printLine(`${source}: ${styled("gray", "nothing new")}`)
}

function summary({ deliveries, events, known, ignored, quarantined }: Counts): string {
  return `${counted(deliveries, "delivery", "deliveries")}: ${counted(events, "event", "events")} recorded, ${known} with nothing new, ${ignored} ignored, ${quarantined} quarantined`
}
