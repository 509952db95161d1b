import { open, rename, rm } from "node:fs/promises"
import { Effect, Option, Stream } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { exportLog } from "../../transfer/exportLog.ts"
import { OutputRefused } from "../Exit.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"

const STOPPED =
  "Nothing was changed. With --out there is no file now; what went elsewhere ends without its last line and will not be imported. Run the same command again."

export const exportCommand = Command.make(
  "export",
  {
    out: Flag.String("out").pipe(
      Flag.withDescription("A file to write instead of standard output; it appears when all of it is written"),
      Flag.optional,
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("export")(function* ({ out, merchant, json }) {
    const progress = progressOf("export", "lines", json)
    const text = exportLog(merchant, { onProgress: progress.report })
    yield* withDatabase(Option.isSome(out) ? writeFile(out.value, text) : Stream.runForEach(text, writeOut)).pipe(
      Effect.ensuring(Effect.sync(progress.end)),
      stoppable(STOPPED),
    )
  }),
).pipe(
  Command.withDescription(
    "Write a whole log as NDJSON: every event with its place in the hash chain, every delivery with its bytes. Bodies may hold personal data.",
  ),
  Command.withExamples([
    { command: "payfold export --out log.ndjson", description: "Everything, to be imported elsewhere or replayed" },
    { command: "payfold export | gzip > log.ndjson.gz", description: "Packed on the way" },
  ]),
)

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
