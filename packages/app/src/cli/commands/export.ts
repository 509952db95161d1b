import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"

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
  action(async () => (await import("../actions/export.ts")).exportAction),
).pipe(
  Command.withDescription(
    "Write a whole log as NDJSON: every event with its place in the hash chain, every delivery with its bytes. Bodies may hold personal data.",
  ),
  Command.withExamples([
    { command: "payfold export --out log.ndjson", description: "Everything, to be imported elsewhere or replayed" },
    { command: "payfold export | gzip > log.ndjson.gz", description: "Packed on the way" },
  ]),
)
