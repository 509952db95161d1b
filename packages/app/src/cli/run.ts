import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Cause from "effect/Cause"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { withoutPassword } from "../postgres/DatabaseUrl.ts"
import { failureText } from "./failureText.ts"
import { payfold } from "./payfold.ts"
import { printable } from "./table.ts"
import { untilSignal } from "./untilSignal.ts"

// A reader that closes the pipe early (head, less) has what it wanted.
process.stdout.on("error", error => {
  if ("code" in error && error.code === "EPIPE") process.exit(0)
  throw error
})

/** Wrong usage is answered in one line that names the right one; help is printed where it was asked for. */
const presenter = CliOutput.layerPresenter({
  present: event => {
    if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
    const [error] = event.errors
    return Effect.sync(() =>
      say(`${oneLine(error?.message ?? "wrong usage")} (see: ${event.commandPath.join(" ")} --help)`),
    )
  },
})

// Read here too, since a failure may come before the flags were parsed.
const isDebug = process.argv.includes("--debug")
const { exit, code } = await untilSignal(
  Command.runWith(payfold, { version: "0.1.0" })(process.argv.slice(2)).pipe(
    Effect.provide([NodeServices.layer, presenter]),
  ),
)
if (code !== undefined) {
  // A standard input that is still open must not hold the process.
  process.exit(code)
}
if (Exit.isFailure(exit)) process.exitCode = report(exit.cause)

/** Says in one paragraph what went wrong and gives the exit code: 1 something was wrong, 2 wrong usage. */
function report(cause: Cause.Cause<unknown>): number {
  const error = Option.getOrUndefined(Cause.findErrorOption(cause))
  // Said already by the presenter.
  if (CliError.isCliError(error)) return error._tag === "ShowHelp" && error.errors.length === 0 ? 0 : 2
  const tag = Predicate.hasProperty(error, "_tag") ? error._tag : undefined
  if (tag === "SomethingWrong") return 1
  say(failureText(cause))
  if (isDebug) process.stderr.write(`${withoutPassword(Cause.pretty(cause))}\n`)
  return tag === "WrongUsage" ? 2 : 1
}

function say(text: string): void {
  process.stderr.write(`payfold: ${text.split("\n").map(printable).join("\n")}\n`)
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ").trim()
}
