import { PostgresServer } from "../testing/PostgresServer.ts"
import { commandLine, USAGE } from "./commandLine.ts"
import { environment } from "./environment.ts"
import { withHostShare } from "./hostShare.ts"
import { complaint, valueText } from "./judge.ts"
import type { Figure, Lines } from "./Measurement.ts"
import { MEASUREMENTS } from "./measurements/measurements.ts"
import { writePerformancePage } from "./performancePage.ts"
import { table } from "./table.ts"

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

// Leaving through the door takes the server along.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))
let server: Promise<PostgresServer> | undefined
const bench = {
  scale: asked.scale,
  rounds: asked.rounds,
  // Nothing of durability is changed: fsync, full pages and synchronous commit are PostgreSQL's defaults.
  postgres: () => (server ??= PostgresServer.start({ max_connections: "200" })),
  tell: (text: string) => console.error(text),
}

const run = [`scale ${asked.scale}, median of ${asked.rounds} rounds`, ...environment()]
console.log(run.join("\n"))
const figures: Array<Figure> = []
let lines: Lines = {}
try {
  for (const { name, measure } of MEASUREMENTS) {
    if (asked.names.length > 0 && !asked.names.includes(name)) continue
    const beganMs = performance.now()
    const { found: measured, hostPercent } = await withHostShare(() => measure(bench))
    const seconds = Math.round((performance.now() - beganMs) / 1000)
    // Millions of rows left behind would be vacuumed and written out during the next.
    await (await server)?.dropDatabases()
    figures.push(...measured.figures)
    lines = { ...lines, ...measured.lines }
    for (const { work, value, unit, behind } of measured.figures) {
      console.log(`${name}: ${valueText(value, unit)} ${work} (${behind})`)
    }
    const taken =
      hostPercent === undefined ? "" : `, ${hostPercent.toFixed(1)} % of the processors' time taken by the host`
    bench.tell(`${name} took ${seconds} s${taken}`)
  }
} finally {
  await (await server)?.stop()
}

console.log(`\n${table(figures)}\n`)
if (asked.scale === "full" && asked.names.length === 0) writePerformancePage(run, figures, lines)
const complaints = figures.flatMap(figure => complaint(figure) ?? [])
for (const { text } of complaints) console.log(text)
if (asked.asserts && complaints.some(({ fails }) => fails)) process.exitCode = 1
