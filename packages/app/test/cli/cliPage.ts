import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Option } from "effect"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import type { HelpDoc } from "effect/cli/HelpDoc"
import { payfold } from "../../src/cli/payfold.ts"
import { COMMANDS } from "./commandTree.ts"
import { ROOT } from "./runPayfold.ts"

export const CLI_PAGE = join(ROOT, "docs/cli.md")

/** What stands below this line is made of the help texts; what stands above is written by hand. */
const LINE = "<!-- Below: `npx -y pnpm@12 cli-page` writes it from the help texts. -->\n"

/** When a command ends with exit code 1 although the database answered; of the others nothing particular is to be said. */
const EXITS_1: Readonly<Record<string, string>> = {
  "payfold translate": "an input cannot be opened, or something in it is `Unreadable`",
  "payfold ingest": "a delivery was quarantined",
  "payfold show": "there is no such payment",
  "payfold rebuild": "it was refused: views of yours in the way, parked reactions, nothing kept to go back to",
  "payfold verify": "the log or a view is not as it must be, or could not be verified",
  "payfold export": "the file cannot be written",
  "payfold import":
    "the file is damaged or foreign, or the log is there already and another one; then nothing was stored",
  "payfold merchant add": "the name is taken, or a setting cannot be",
  "payfold merchant set": "there is no such merchant, or a setting cannot be",
}

/** The page as it stands. */
export const readCliPage = (): string => readFileSync(CLI_PAGE, "utf8")

/** The page as it must be: its hand-written head, then every command from its help text. */
export async function cliPage(): Promise<string> {
  const [head] = readCliPage().split(LINE)
  const sections: Array<string> = []
  for (const { path } of COMMANDS) sections.push(section(path.join(" "), await helpOf(path)))
  return `${head}${LINE}\n${sections.join("\n")}`
}

/** What `--help` is made of. */
async function helpOf(path: ReadonlyArray<string>): Promise<HelpDoc> {
  const shown: Array<HelpDoc> = []
  const presenter = CliOutput.layerPresenter({
    present: event =>
      Effect.sync(() => {
        if (event._tag === "Help") shown.push(event.helpDoc)
      }),
  })
  await Effect.runPromise(
    Command.runWith(payfold, { version: "" })([...path.slice(1), "--help"]).pipe(
      Effect.provide([NodeServices.layer, presenter]),
    ),
  )
  const [help] = shown
  if (help === undefined) throw new Error(`${path.join(" ")} has no help`)
  return help
}

function section(name: string, help: HelpDoc): string {
  const flags = name === "payfold" ? (help.globalFlags ?? []) : help.flags
  const subcommands = (help.subcommands ?? []).flatMap(({ commands }) => commands)
  const lists = [
    ...(help.args ?? []).map(({ name: argument, variadic, description }) =>
      item(`<${argument}>${variadic ? "…" : ""}`, description),
    ),
    ...flags.map(({ name: flag, aliases, type, description }) =>
      item([`--${flag}`, ...aliases].join(", ") + (type === "boolean" ? "" : ` ${type}`), description),
    ),
  ]
  const examples = (help.examples ?? []).map(({ command, description }) => `# ${description}\n${command}`)
  const isGroup = subcommands.length > 0 && examples.length === 0
  const exits = EXITS_1[name]
  return [
    `## ${name}\n\n${help.description}\n`,
    `    ${help.usage}\n`,
    ...(lists.length === 0 ? [] : [`${lists.join("\n")}\n`]),
    ...(subcommands.length === 0
      ? []
      : [`Has: ${subcommands.map(({ name: sub }) => `[${sub}](#${name.replaceAll(" ", "-")}-${sub})`).join(" · ")}\n`]),
    ...(isGroup ? [] : [`Exits 0 when done, 2 for wrong usage, 1 when ${exits ?? "it could not be done"}.\n`]),
    ...(examples.length === 0 ? [] : [`\`\`\`text\n${examples.join("\n\n")}\n\`\`\`\n`]),
  ].join("\n")
}

function item(name: string, description: Option.Option<string>): string {
  return `- \`${name}\`: ${Option.getOrElse(description, () => "")}`
}
