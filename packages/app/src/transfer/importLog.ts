import { Data, Effect, Stream } from "effect"
import { Database } from "../postgres/Database.ts"
import { catchUpAll } from "../projection/project.ts"
import { beginImport } from "./beginImport.ts"
import { type ImportTarget, importTarget } from "./importTarget.ts"
import { LogFileFault, logFileFailure } from "./LogFileFault.ts"
import { type LineBatch, readLogFile } from "./readLogFile.ts"

export interface ImportOptions {
  /** Whose log the file must be; whoever's it is unless told. */
  readonly merchant?: string
  /** Told after every batch: events and deliveries stored, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What an import did. `AlreadyThere`: the log holds all of the file, so nothing was stored. */
export interface Imported {
  readonly _tag: "Imported" | "AlreadyThere"
  readonly merchant: string
  readonly events: number
  readonly deliveries: number
  /** The chain at the end of the file's events: what `verify --head` takes. */
  readonly chain: string
}

/**
 * Reads the file of an exported log into the empty log of its merchant, who is made where there is none, and returns when the views show it. Positions,
 * versions, chain and deliveries are as they were, so the same log is exported again byte by byte.
 *
 * One transaction: all of it is there or nothing, whatever line is wrong and whenever the process dies. The merchant's counter row is its first lock and
 * is held to the end, which is allowed here alone: nobody appends to a log that does not exist yet. The memory is that of one batch.
 *
 * Fails with `LogFileFault` for a file that is damaged, cut or not ours, with `LogNotEmpty` where another log or inbox stands. It takes the rights of
 * who migrated the database.
 */
export const importLog = Effect.fn("importLog")(function* (
  chunks: AsyncIterable<Uint8Array>,
  options: ImportOptions = {},
) {
  const database = yield* Database
  const imported = yield* database
    .transaction(importAll(chunks, options))
    .pipe(Effect.catchTag("StandsAlready", ({ imported }) => Effect.succeed(imported)))
  yield* catchUpAll(imported.merchant).pipe(
    // Another process does the same.
    Effect.repeat({
      while: ({ _tag }) => (_tag === "Busy" ? Effect.as(Effect.sleep("50 millis"), true) : Effect.succeed(false)),
    }),
    Effect.catchTag("RebuildNeeded", () => Effect.void),
  )
  return imported
})

/** Leaves the transaction, which has written nothing. */
class StandsAlready extends Data.TaggedError("StandsAlready")<{ readonly imported: Imported }> {}

const importAll = Effect.fnUntraced(function* (chunks: AsyncIterable<Uint8Array>, options: ImportOptions) {
  let target: ImportTarget | undefined
  const store = Effect.fnUntraced(function* (batch: LineBatch) {
    if (batch.tag === "Log") {
      const [log] = batch.lines
      if (log === undefined) return
      if (options.merchant !== undefined && options.merchant !== log.merchant) {
        const expected = `the log of ${options.merchant}: the chain covers the merchant's name, so it cannot be another's`
        return yield* new LogFileFault({ line: 1, found: `the log of ${log.merchant}`, expected })
      }
      const { merchant, head, deliveries } = log
      if ((yield* beginImport(log)) === "AlreadyThere") {
        const all = { merchant, events: head.position, deliveries, chain: head.chain }
        return yield* new StandsAlready({ imported: { _tag: "AlreadyThere", ...all } })
      }
      target = importTarget(log)
      return
    }
    // The first line comes first, says `readLogFile`.
    if (target === undefined) return
    yield* target.store(batch)
    options.onProgress?.(target.done(), target.log.head.position + target.log.deliveries)
  })
  yield* Stream.fromAsyncIterable(readLogFile(chunks), logFileFailure).pipe(Stream.runForEach(store))
  if (target === undefined) return yield* Effect.die(new Error("a file without a first line was read"))
  return target.imported()
})
