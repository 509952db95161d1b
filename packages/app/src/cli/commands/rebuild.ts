import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { PROJECTIONS } from "../choices.ts"
import { jsonFlag } from "../flags.ts"

const flag = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withDefault(false))

export const rebuildCommand = Command.make(
  "rebuild",
  {
    projections: Argument.Literals("projection", PROJECTIONS).pipe(
      Argument.withDescription("Which view; all of them where none is named (with --as-of: payments)"),
      Argument.variadic(),
    ),
    asOf: Flag.String("as-of").pipe(
      Flag.withDescription(
        "Print the view as it was and leave the live one alone: a position, an instant, or a day, to its end where the merchant is",
      ),
      Flag.withMetavar("moment"),
      Flag.optional,
    ),
    diff: flag("diff", "Print the rows that differ, and the events behind them"),
    dryRun: flag("dry-run", "Build and compare, and leave the live view as it is"),
    dropOld: flag("drop-old", "Drop the builds that were kept after a switch, instead of rebuilding"),
    back: flag("back", "Show the kept build again, instead of rebuilding"),
    evenIfParked: flag("even-if-parked", "Rebuild although reactions are parked"),
    merchant: Flag.String("merchant").pipe(
      Flag.withDescription("Whose log, with --as-of and --diff only: a rebuild covers all merchants"),
      Flag.optional,
    ),
    json: jsonFlag,
  },
  action(async () => (await import("../actions/rebuild.ts")).rebuildAction),
).pipe(
  Command.withDescription("Rebuild views from the log beside the living ones, compare, and switch."),
  Command.withExamples([
    { command: "payfold rebuild payments --diff", description: "Rebuild and say which rows were different" },
    {
      command: "payfold rebuild --as-of 2026-11-01",
      description: "The payments as we knew them at the end of that day",
    },
    { command: "payfold rebuild payments --back", description: "Show the rows from before the last rebuild" },
  ]),
)
