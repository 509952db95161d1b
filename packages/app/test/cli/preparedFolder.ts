import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { omiseKonbini } from "../../src/demo/bodies.ts"
import { univapayWaits } from "../bodies.ts"
import { MAIN, ROOT } from "./runPayfold.ts"

const PAID = { status: "successful", authorized: true, paid: true, paid_at: "2026-06-03T01:00:00Z" }

/** A folder as the examples of the help texts expect it, and what a shell needs to run them as they stand. */
export interface PreparedFolder {
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly remove: () => void
}

/**
 * Files that the examples name, and a `payfold` on the path. In `many.ndjson` are more payments than a pipe's buffer holds, in `broken.json` is
 * what no adapter can read.
 */
export function preparedFolder(databaseUrl: string): PreparedFolder {
  const folder = mkdtempSync(join(tmpdir(), "payfold-examples-"))
  cpSync(join(ROOT, "docs/examples/omise-konbini.json"), join(folder, "charge.json"))
  writeFileSync(join(folder, "webhooks.ndjson"), `${JSON.stringify(univapayWaits)}\n`)
  const many = Array.from({ length: 200 }, (_, index) =>
    JSON.stringify(omiseKonbini(`chrg_${index}`, 1500, "A-1", PAID)),
  )
  writeFileSync(join(folder, "many.ndjson"), `${many.join("\n")}\n`)
  writeFileSync(join(folder, "broken.json"), "{")
  writeFileSync(join(folder, "payfold"), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`)
  chmodSync(join(folder, "payfold"), 0o755)
  const environment = {
    PAYFOLD_DATABASE_URL: databaseUrl,
    PATH: `${folder}:${process.env["PATH"]}`,
    SHELL: "/bin/bash",
    TERM: "xterm-256color",
  }
  return { folder, environment, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
