import { Effect } from "effect"
import { holdFolder } from "../../src/postgres/FolderLock.ts"

/** A process of the folder lock's tests: holds the folder it is given, says so, and stays. */
const [folder = ""] = process.argv.slice(2)
const hold = Effect.matchEffect(holdFolder(folder), {
  onSuccess: () =>
    Effect.andThen(
      Effect.sync(() => process.stdout.write("held\n")),
      Effect.never,
    ),
  onFailure: refusal => Effect.sync(() => process.stdout.write(`${JSON.stringify(refusal)}\n`)),
})
// Effect's own waiting does not keep a process alive.
const alive = setInterval(() => undefined, 60_000)
await Effect.runPromise(Effect.scoped(hold))
clearInterval(alive)
