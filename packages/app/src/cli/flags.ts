import * as Argument from "effect/cli/Argument"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import { PROVIDERS } from "./choices.ts"

/** Whose log: one merchant is one log. */
export const merchantFlag = Flag.String("merchant").pipe(
  Flag.withDescription("Whose log, where there is more than one merchant"),
  Flag.withDefault("default"),
)

export const jsonFlag = Flag.Boolean("json").pipe(
  Flag.withDescription("Print one JSON document per line"),
  Flag.withDefault(false),
)

export const providerArgument = Argument.Literals("provider", PROVIDERS).pipe(
  Argument.withDescription("Whose payloads these are"),
)

export const inputsArgument = Argument.String("file").pipe(
  Argument.withDescription("Files of one JSON document or of NDJSON; - is standard input, and so is no file at all"),
  Argument.variadic(),
)

/** Understood by every command; `run` acts on it. */
export const debugFlag = GlobalFlag.Setting("debug")({
  flag: Flag.Boolean("debug").pipe(
    Flag.withDescription("When something fails, also print the whole cause with its stack"),
    Flag.withDefault(false),
  ),
})
