import { Effect, Option, Result } from "effect"
import type { Projection } from "../../projection/Projection.ts"
import { SHIPPED_PROJECTIONS } from "../../projection/Projections.ts"
import { payments } from "../../projection/payments.ts"
import { dropOld } from "../../replay/dropBuild.ts"
import type { RebuildProgress } from "../../replay/RebuildProgress.ts"
import { goBack, rebuild } from "../../replay/rebuild.ts"
import { WrongUsage } from "../Exit.ts"
import { printJson, printLine } from "../print.ts"
import { progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"
import { asOfFromText } from "./asOf.ts"
import { printAsOf, printPast } from "./rebuildAsOf.ts"
import { printDifferences, printRebuilt } from "./rebuildText.ts"

const STOPPED =
  "The views are shown as they were, or as rebuilt where one was done, and what was built beside them is kept. Run the same command again: it goes on from there."

interface Flags {
  readonly projections: ReadonlyArray<string>
  readonly asOf: Option.Option<string>
  readonly diff: boolean
  readonly dryRun: boolean
  readonly dropOld: boolean
  readonly back: boolean
  readonly evenIfParked: boolean
  readonly merchant: Option.Option<string>
  readonly json: boolean
}

export const rebuildAction = Effect.fn("rebuild")(function* ({ projections: names, ...flags }: Flags) {
  const { asOf, diff, json } = flags
  const merchant = Option.getOrUndefined(flags.merchant)
  const chosen = SHIPPED_PROJECTIONS.filter(({ name }) => names.length === 0 || names.includes(name))
  const modes = [flags.dropOld, flags.back, Option.isSome(asOf)].filter(Boolean).length
  if (modes > 1) return yield* new WrongUsage({ message: "Choose one of --as-of, --back and --drop-old" })
  if (Option.isSome(asOf)) {
    const moment = asOfFromText(asOf.value)
    if (Result.isFailure(moment)) return yield* new WrongUsage({ message: moment.failure })
    const past = { projections: names.length === 0 ? [payments] : chosen, moment: moment.success, json }
    const print = diff ? printPast : printAsOf
    return yield* withDatabase(print({ ...past, merchant: merchant ?? "default" }))
  }
  if (merchant !== undefined) {
    if (!diff || flags.dropOld || flags.back) {
      return yield* new WrongUsage({
        message: "--merchant goes with --as-of and --diff: a rebuild covers all merchants",
      })
    }
    return yield* withDatabase(printPast({ projections: chosen, moment: undefined, json, merchant }))
  }
  if (flags.dropOld) return yield* withDatabase(printDropped(chosen, json))
  if (flags.back) return yield* withDatabase(printBack(chosen, json))
  return yield* withDatabase(rebuildAll(chosen, flags)).pipe(stoppable(STOPPED))
})

const rebuildAll = Effect.fnUntraced(function* (
  projections: ReadonlyArray<Projection>,
  flags: Omit<Flags, "projections">,
) {
  const { diff, dryRun, evenIfParked, json } = flags
  for (const projection of projections) {
    const progress = progressOf(`rebuild ${projection.name}`, "events", json)
    const onProgress = ({ events, total }: RebuildProgress) => progress.report(events, total)
    const rebuilt = yield* rebuild(projection, { dryRun, evenIfParked, onProgress }).pipe(
      Effect.ensuring(Effect.sync(progress.end)),
    )
    if (json) printJson(diff ? rebuilt : { ...rebuilt, examples: undefined })
    else {
      printRebuilt(rebuilt)
      if (diff) printDifferences(rebuilt, "rebuilt")
    }
  }
})

const printDropped = Effect.fnUntraced(function* (projections: ReadonlyArray<Projection>, json: boolean) {
  for (const { name } of projections) {
    const dropped = yield* dropOld(name).pipe(Effect.catchTag("NothingKept", () => Effect.succeed(0)))
    if (json) printJson({ projection: name, dropped })
    else printLine(`${name}: ${dropped === 0 ? "nothing was kept" : "dropped what was kept"}`)
  }
})

const printBack = Effect.fnUntraced(function* (projections: ReadonlyArray<Projection>, json: boolean) {
  for (const projection of projections) {
    yield* goBack(projection)
    if (json) printJson({ projection: projection.name, switched: true })
    else printLine(`${projection.name}: shows the build from before again; the one from after is kept`)
  }
})
