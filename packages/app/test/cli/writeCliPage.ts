import { writeFileSync } from "node:fs"
import { CLI_PAGE, cliPage } from "./cliPage.ts"

/** Writes the part of `docs/cli.md` that is made of the help texts. Run it after a command or its help changed, and review what changed. */
writeFileSync(CLI_PAGE, await cliPage())
