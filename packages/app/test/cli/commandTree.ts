import type * as Command from "effect/cli/Command"
import { payfold } from "../../src/cli/payfold.ts"

/** A command with the words that run it. */
export interface CommandAt {
  readonly path: ReadonlyArray<string>
  readonly command: Command.Command.Any
}

/** Every command there is, each before its subcommands, in the order in which help lists them. */
export const COMMANDS: ReadonlyArray<CommandAt> = walk(payfold, [])

function walk(command: Command.Command.Any, above: ReadonlyArray<string>): ReadonlyArray<CommandAt> {
  const path = [...above, command.name]
  const below = command.subcommands.flatMap(({ commands }) => commands)
  return [{ path, command }, ...below.flatMap(subcommand => walk(subcommand, path))]
}

/** Commands that do nothing by themselves: they only hold others. */
export const GROUPS: ReadonlyArray<string> = ["payfold", "payfold merchant"]
