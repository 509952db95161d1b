import { open, rename, rm } from "node:fs/promises"
import { Effect, Option, Stream } from "effect"
import { exportLog } from "../../transfer/exportLog.ts"
import { OutputRefused } from "../Exit.ts"
import { progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"

const STOPPED =
  "Nothing was changed. With --out there is no file now; what went elsewhere ends without its last line and will not be imported. Run the same command again."

interface Flags {
  readonly out: Option.Option<string>
  readonly merchant: string
  readonly json: boolean
}

export const exportAction = Effect.fn("export")(function* ({ out, merchant, json }: Flags) {
  const progress = progressOf("export", "lines", json)
  const text = exportLog(merchant, { onProgress: progress.report })
  yield* withDatabase(Option.isSome(out) ? writeFile(out.value, text) : Stream.runForEach(text, writeOut)).pipe(
    Effect.ensuring(Effect.sync(progress.end)),
    stoppable(STOPPED),
  )
})

/** Waits until the reader has taken it: a slow one must not fill our memory. */
const writeOut = (text: string) =>
  Effect.promise(
    () => new Promise<void>((done, failed) => process.stdout.write(text, error => (error ? failed(error) : done()))),
  )

/** Beside the file first, readable by its owner only; moved into its place when all of it is on the disk. */
const writeFile = <E, R>(path: string, text: Stream.Stream<string, E, R>) => {
  const unfinished = `${path}.unfinished`
  const attempt = <A>(run: () => Promise<A>) =>
    Effect.tryPromise({ try: run, catch: thrown => new OutputRefused({ output: path, reason: String(thrown) }) })
  return Effect.acquireUseRelease(
    attempt(() => open(unfinished, "w", 0o600)),
    file =>
      Effect.gen(function* () {
        yield* Stream.runForEach(text, lines => attempt(() => file.appendFile(lines)))
        yield* attempt(() => file.sync())
        yield* attempt(() => rename(unfinished, path))
      }),
    file => Effect.promise(() => file.close().then(() => rm(unfinished, { force: true }))),
  )
}
