import * as Command from "effect/cli/Command"
import { action } from "../action.ts"
import { inputsArgument, jsonFlag, merchantFlag, providerArgument } from "../flags.ts"

export const ingestCommand = Command.make(
  "ingest",
  { provider: providerArgument, inputs: inputsArgument, merchant: merchantFlag, json: jsonFlag },
  action(async () => (await import("../actions/ingest.ts")).ingestAction),
).pipe(
  Command.withDescription(
    "Store payloads and record what they say that is news; returns when the views have caught up.",
  ),
  Command.withExamples([
    { command: "payfold ingest omise charge.json", description: "Record one payload" },
    {
      command: "payfold ingest univapay --json - < webhooks.ndjson",
      description: "A webhook a line, from standard input",
    },
  ]),
)
