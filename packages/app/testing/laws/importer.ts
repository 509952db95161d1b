import { Effect, Result, Stream } from "effect"
import { Database } from "../../src/postgres/Database.ts"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"
import { beginImport } from "../../src/transfer/beginImport.ts"
import { fileBytes } from "../../src/transfer/fileBytes.ts"
import { importLog } from "../../src/transfer/importLog.ts"
import { type ImportTarget, importTarget } from "../../src/transfer/importTarget.ts"
import { logFileFailure } from "../../src/transfer/LogFileFault.ts"
import { type LineBatch, readLogFile } from "../../src/transfer/readLogFile.ts"

/**
 * A process that imports a file and is meant to be killed: `node importer.ts <payfold|broken> <file>`. Prints how many lines are stored after each
 * batch, the last time before the commit.
 *
 * `broken` commits after each batch.
 */
const [kind, file = ""] = process.argv.slice(2)
const url = Result.getOrThrow(databaseUrlFromText(process.env["PAYFOLD_DATABASE_URL"]))
const tell = (done: number) => void process.stdout.write(`${done}\n`)

const importByBatches = Effect.gen(function* () {
  const database = yield* Database
  let target: ImportTarget | undefined
  const store = Effect.fnUntraced(function* (batch: LineBatch) {
    if (batch.tag === "Log" && batch.lines[0] !== undefined) {
      yield* database.transaction(beginImport(batch.lines[0]))
      target = importTarget(batch.lines[0])
    } else if (target !== undefined) {
      yield* database.transaction(target.store(batch))
      tell(target.done())
    }
  })
  yield* Stream.fromAsyncIterable(readLogFile(fileBytes(file)), logFileFailure).pipe(Stream.runForEach(store))
})

const run = kind === "broken" ? importByBatches : importLog(fileBytes(file), { onProgress: tell })
await Effect.runPromise(Effect.provide(Effect.asVoid(run), Database.layer(url)))
