import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { killCliLaw } from "../testing/laws/killCliLaw.ts"
import type { Found, Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

export const killCli: Law = async (server, chance) => {
  const found: Array<Found> = []
  for (const command of ["ingest", "rebuild"] as const) {
    const url = await migratedDatabase(server, `kill_${command}`)
    const options = { command, program: "payfold", bodies: 400, chance } as const
    found.push({ what: `${command} on postgres`, ...(await killCliLaw({ ...options, url, kills: 50 })) })
    const folder = mkdtempSync(join(tmpdir(), "payfold-kill-cli-"))
    try {
      const killed = await killCliLaw({ ...options, url: `pglite:${folder}`, kills: 10 })
      found.push({ what: `${command} on pglite`, ...killed })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const url = await migratedDatabase(server, "kill_broken")
  const { violations, ...figures } = await killCliLaw({
    ...{ url, command: "ingest", program: "broken", kills: 1, bodies: 100, chance },
  })
  const missed = violations.length > 0 ? [] : ["the broken projector was not found out"]
  return [...found, { what: "broken: rows and checkpoint in two transactions", ...figures, violations: missed }]
}
