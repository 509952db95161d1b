import * as Command from "effect/cli/Command"
import { action } from "../action.ts"
import { inputsArgument, providerArgument } from "../flags.ts"

export const translateCommand = Command.make(
  "translate",
  { provider: providerArgument, inputs: inputsArgument },
  action(async () => (await import("../actions/translate.ts")).translateAction),
).pipe(
  Command.withDescription("Say what payloads imply, as NDJSON: events, Ignored or Unreadable. Stores nothing."),
  Command.withExamples([
    { command: "payfold translate omise charge.json", description: "The events that one charge implies" },
    { command: "payfold translate univapay - < webhooks.ndjson", description: "A webhook a line, from standard input" },
  ]),
)
