import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { alternate } from "../alternate.ts"
import { paidBody, paymentId } from "../books.ts"
import { type Measurement, sized } from "../Measurement.ts"

const PAYFOLD = join(import.meta.dirname, "../../src/cli/main.js")
const ALONE = join(import.meta.dirname, "../openPGliteAlone.ts")

/** How long the command takes to start and do a little, as processes of their own, from start to end. */
export const cli: Measurement = {
  name: "cli",
  measure: async bench => {
    const folder = mkdtempSync(join(tmpdir(), "payfold-bench-"))
    const log = join(folder, "log")
    const environment = { ...process.env, PAYFOLD_DATABASE_URL: `pglite:${log}` }
    const node = async (...words: ReadonlyArray<string>) => {
      const beganMs = performance.now()
      execFileSync(process.execPath, words, { env: environment, stdio: ["ignore", "ignore", "inherit"] })
      return performance.now() - beganMs
    }
    try {
      execFileSync(process.execPath, [PAYFOLD, "ingest", "omise", "-"], { env: environment, input: paidBody(0) })
      const found = await alternate(bench.rounds * sized(bench, 3, 1), {
        show: () => node(PAYFOLD, "show", paymentId(0)),
        open: () => node(ALONE, log),
        help: () => node(PAYFOLD, "--help"),
        nothing: () => node("-e", "0"),
      })
      return {
        figures: [
          {
            work: "`payfold show` on PGlite, × opening PGlite alone",
            value: found.show / found.open,
            unit: "×",
            must: { atMost: 2.5 },
            aim: { atMost: 1.5 },
            behind: `${Math.round(found.show)} ms; PGlite alone ${Math.round(found.open)} ms`,
          },
          {
            work: "`payfold --help`, × `node -e 0`",
            value: found.help / found.nothing,
            unit: "×",
            must: { atMost: 8 },
            aim: { atMost: 4 },
            behind: `${Math.round(found.help)} ms; \`node -e 0\` ${Math.round(found.nothing)} ms`,
          },
        ],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
