import { PostgresServer } from "../testing/PostgresServer.ts"
import type { Alone } from "./measureApart.ts"
import { MEASUREMENTS } from "./measurements/measurements.ts"

// The other end of `measureApart`. Leaving through the door takes the server along.
for (const signal of ["SIGINT", "SIGTERM", "disconnect"] as const) process.once(signal, () => process.exit(1))

process.once("message", async ({ name, scale, rounds }: Alone) => {
  let server: Promise<PostgresServer> | undefined
  try {
    const measured = await MEASUREMENTS.find(one => one.name === name)?.measure({
      scale,
      rounds,
      // Nothing of durability is changed: fsync, full pages and synchronous commit are PostgreSQL's defaults.
      postgres: () => (server ??= PostgresServer.start({ max_connections: "200" })),
      tell: text => console.error(text),
    })
    await new Promise(done => process.send?.(measured, done))
  } finally {
    await (await server)?.stop()
  }
  process.exit(0)
})
