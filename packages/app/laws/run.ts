import { Chance } from "../testing/laws/Chance.ts"
import { PostgresServer } from "../testing/PostgresServer.ts"
import { crash } from "./crash.ts"
import { kill } from "./kill.ts"
import { killCli } from "./killCli.ts"
import { killImport } from "./killImport.ts"
import { prefix } from "./prefix.ts"
import { races } from "./races.ts"
import { readers } from "./readers.ts"
import { tamper } from "./tamper.ts"
import { viewKills } from "./viewKills.ts"
import { views, writers } from "./views.ts"

/**
 * The long runs of the laws of log, inbox and views, on a PostgreSQL of their own and on PGlite: `node packages/app/laws/run.ts [law…] [--seed N]`.
 * All of them unless some are named. Prints what was tried, a line of JSON each; ends with 1 when a law was broken.
 */
const laws = {
  prefix,
  races,
  crash,
  kill,
  "kill-import": killImport,
  "kill-cli": killCli,
  tamper,
  views,
  writers,
  "view-kills": viewKills,
  readers,
}

const words = process.argv.slice(2)
const seedAt = words.indexOf("--seed")
const seed = seedAt < 0 ? Chance.anySeed() : Number(words[seedAt + 1])
const named = words.filter((_, index) => seedAt < 0 || (index !== seedAt && index !== seedAt + 1))
const unknown = named.filter(name => !Object.hasOwn(laws, name))
if (unknown.length > 0) {
  console.error(`no such law: ${unknown.join(", ")}; there are ${Object.keys(laws).join(", ")}`)
  process.exit(2)
}

// Leaving through the door takes the server along.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))
const server = await PostgresServer.start({ fsync: "off", full_page_writes: "off", max_connections: "200" })
let isBroken = false
try {
  for (const [name, law] of Object.entries(laws)) {
    if (named.length > 0 && !named.includes(name)) continue
    const startedMs = performance.now()
    for (const found of await law(server, new Chance(seed))) {
      const seconds = Math.round((performance.now() - startedMs) / 1000)
      console.log(JSON.stringify({ law: name, seed, ...found, seconds }))
      isBroken ||= found.violations.length > 0
    }
  }
} finally {
  await server.stop()
}
process.exitCode = isBroken ? 1 : 0
