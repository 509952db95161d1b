import { Effect, Layer, Result } from "effect"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUpAll } from "../../src/projection/project.ts"
import { react } from "../../src/reaction/react.ts"
import { rebuild } from "../../src/replay/rebuild.ts"
import { drawBooks, recordSteps, toSteps } from "../views/writeBooks.ts"
import { Chance } from "./Chance.ts"
import { inSmallBatches, type Worker, workerProjections, workerReactions } from "./viewKillParts.ts"

/**
 * A process that records, projects, reacts and rebuilds without end and is meant to be killed: `node viewWorker.ts <payfold|broken> <seed>`. Prints a line
 * for each thing it has done.
 */
const [kind, seed] = process.argv.slice(2)
const worker: Worker = kind === "broken" ? "broken" : "payfold"
const url = process.env["PAYFOLD_DATABASE_URL"] ?? ""
const database = Database.layer(Result.getOrThrow(databaseUrlFromText(url)))
const apart = async () => {
  console.log("apart")
  await new Promise(done => setTimeout(done, 500))
}
const did = (what: string) => Effect.sync(() => console.log(what))

const round = Effect.fnUntraced(function* (chance: Chance) {
  yield* recordSteps(toSteps(drawBooks(40, chance.below(1_000_000)), chance), 5)
  yield* did("recorded")
  yield* catchUpAll("default")
  yield* did("projected")
  yield* react("default")
  yield* did("reacted")
  yield* rebuild(payments)
  yield* did("rebuilt")
})

await Effect.runPromise(
  Effect.forever(round(new Chance(Number(seed)))).pipe(
    inSmallBatches,
    workerProjections(worker, url, apart),
    workerReactions,
    Effect.provide(EventLog.layer("default").pipe(Layer.provideMerge(database))),
  ),
)
