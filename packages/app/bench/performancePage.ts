import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { chart } from "./chart.ts"
import type { Figure, Lines } from "./Measurement.ts"
import { table } from "./table.ts"

const DOCS = join(import.meta.dirname, "../../../docs")
const BEGIN = "<!-- bench: what lies between the two marks is written by `pnpm bench` -->"
const END = "<!-- bench: end -->"

/** The page with a run's table in the place of the one before. The rest of the page is written by people. */
export function withRun(page: string, run: ReadonlyArray<string>, figures: ReadonlyArray<Figure>): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error("docs/performance.md has lost its marks")
  const written = [
    ...run.map(line => `- ${line}`),
    "",
    table(figures),
    "",
    "![How cost grows](performance.svg)",
    "",
  ].join("\n")
  return `${page.slice(0, begin + BEGIN.length)}\n\n${written}\n${page.slice(end)}`
}

/** Writes a full run into docs/performance.md and its chart beside it. */
export function writePerformancePage(run: ReadonlyArray<string>, figures: ReadonlyArray<Figure>, lines: Lines): void {
  const path = join(DOCS, "performance.md")
  writeFileSync(path, withRun(readFileSync(path, "utf8"), run, figures))
  writeFileSync(join(DOCS, "performance.svg"), chart(lines))
}
