import { commandLine, USAGE } from "./commandLine.ts"
import { environment } from "./environment.ts"
import { complaint, valueText } from "./judge.ts"
import type { Figure, Lines } from "./Measurement.ts"
import { measureApart } from "./measureApart.ts"
import { MEASUREMENTS } from "./measurements/measurements.ts"
import { writePerformancePage } from "./performancePage.ts"
import { table } from "./table.ts"
import { withHostShare } from "./withHostShare.ts"

// The benchmark: `pnpm bench --help` says how.
if (process.argv.includes("--help")) {
  console.log(USAGE)
  process.exit(0)
}
const asked = commandLine(process.argv.slice(2))
if (typeof asked === "string") {
  console.error(asked)
  process.exit(2)
}

const run = [`scale ${asked.scale}, median of ${asked.rounds} rounds`, ...environment()]
console.log(run.join("\n"))
const figures: Array<Figure> = []
let lines: Lines = {}
for (const { name } of MEASUREMENTS) {
  if (asked.names.length > 0 && !asked.names.includes(name)) continue
  const beganMs = performance.now()
  const { found, hostPercent } = await withHostShare(() =>
    measureApart({ name, scale: asked.scale, rounds: asked.rounds }),
  )
  const seconds = Math.round((performance.now() - beganMs) / 1000)
  figures.push(...found.figures)
  lines = { ...lines, ...found.lines }
  for (const { work, value, unit, behind } of found.figures) {
    console.log(`${name}: ${valueText(value, unit)} ${work} (${behind})`)
  }
  const taken =
    hostPercent === undefined ? "" : `, ${hostPercent.toFixed(1)} % of the processors' time taken by the host`
  console.error(`${name} took ${seconds} s${taken}`)
}

console.log(`\n${table(figures)}\n`)
if (asked.scale === "full" && asked.names.length === 0) writePerformancePage(run, figures, lines)
const complaints = figures.flatMap(figure => complaint(figure) ?? [])
for (const { text } of complaints) console.log(text)
if (asked.asserts && complaints.some(({ fails }) => fails)) process.exitCode = 1
