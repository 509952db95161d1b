import { type ChildProcess, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { postgresBinaries } from "./postgresBinaries.ts"
import { type RunAs, runAs } from "./runAs.ts"

/** Server settings beyond PostgreSQL's defaults, for instance `fsync: "off"` where nothing has to survive the machine. */
export type PostgresSettings = Readonly<Record<string, string>>

/**
 * A PostgreSQL of its own: real binaries, a temporary folder, a free port on the loopback interface, a random password.
 *
 * PostgreSQL refuses to run as root; as root it runs as `nobody`.
 */
export class PostgresServer {
  readonly port: number
  readonly pid: number
  private readonly password: string
  private readonly folder: string
  private readonly server: ChildProcess
  private readonly stopAtExit: () => void

  private constructor(cluster: Cluster, port: number, server: ChildProcess) {
    this.port = port
    this.pid = server.pid ?? 0
    this.password = cluster.password
    this.folder = cluster.folder
    this.server = server
    // Should our process end without `stop`: an immediate shutdown, nobody is left behind.
    this.stopAtExit = () => {
      server.kill("SIGQUIT")
      rmSync(cluster.folder, { recursive: true, force: true })
    }
    process.once("exit", this.stopAtExit)
  }

  static async start(settings: PostgresSettings = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "payfold-postgres-"))
    try {
      const cluster = await createCluster(folder)
      for (let attempt = 1; ; attempt++) {
        const port = await freePort()
        const server = launch(cluster, port, settings)
        const failure = await answers(server, cluster.password, port)
        if (failure === undefined) return new PostgresServer(cluster, port, server)
        // Somebody else may have taken the port in between.
        if (attempt === 3) throw new Error(`PostgreSQL did not start: ${failure}`)
      }
    } catch (thrown) {
      rmSync(folder, { recursive: true, force: true })
      throw thrown
    }
  }

  url(database = "postgres"): string {
    return addressOf(this.password, this.port, database)
  }

  /** Creates a database, empty or as a copy of `template`, to which nobody may be connected; returns its address. */
  async createDatabase(name: string, template = "template1"): Promise<string> {
    await this.asAdministrator(client =>
      client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`),
    )
    return this.url(name)
  }

  /** Drops every database that was created, whoever is connected, and writes out what is left to write. */
  async dropDatabases(): Promise<void> {
    await this.asAdministrator(async client => {
      const created = "select datname from pg_database where not datistemplate and datname <> 'postgres'"
      const { rows } = await client.query<{ datname: string }>(created)
      for (const { datname } of rows) await client.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`)
      await client.query("checkpoint")
    })
  }

  private async asAdministrator(use: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client({ connectionString: this.url() })
    await client.connect()
    try {
      await use(client)
    } finally {
      await client.end()
    }
  }

  /** Closes open connections, ends the server and removes its folder. A server that does not come to an end is ended. */
  async stop(): Promise<void> {
    process.off("exit", this.stopAtExit)
    // Fast shutdown, immediate shutdown, and at last no shutdown at all.
    for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
      if (await endsAfter(this.server, signal)) break
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const endsAfter = (server: ChildProcess, signal: NodeJS.Signals): Promise<boolean> => {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve(true)
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), 5_000)
    server.once("exit", () => {
      clearTimeout(timer)
      resolve(true)
    })
    server.kill(signal)
  })
}

interface Cluster {
  readonly folder: string
  readonly native: string
  readonly user: RunAs
  readonly password: string
}

const createCluster = async (folder: string): Promise<Cluster> => {
  const user = await serverUser(folder)
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o755)
  const native = await postgresBinaries(folder, user)
  const password = randomBytes(16).toString("hex")
  const passwordFile = join(folder, "password")
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user.uid !== undefined && user.gid !== undefined) chownSync(passwordFile, user.uid, user.gid)
  await runAs(
    user,
    folder,
    join(native, "bin", "initdb"),
    `--pgdata=${join(folder, "cluster")}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  )
  return { folder, native, user, password }
}

const serverUser = async (folder: string): Promise<RunAs> => {
  if (process.getuid?.() !== 0) return {}
  const idOf = async (option: string) => Number((await runAs({}, folder, "id", option, "nobody")).trim())
  return { uid: await idOf("-u"), gid: await idOf("-g") }
}

const launch = ({ folder, native, user }: Cluster, port: number, settings: PostgresSettings): ChildProcess => {
  const all = { listen_addresses: "127.0.0.1", port: String(port), unix_socket_directories: "", ...settings }
  const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  return spawn(join(native, "bin", "postgres"), ["-D", join(folder, "cluster"), ...options], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  })
}

/** Waits until the server answers; the reason when it ends instead, or says nothing for half a minute. */
const answers = async (server: ChildProcess, password: string, port: number): Promise<string | undefined> => {
  let said = ""
  let ended = false
  server.stderr?.setEncoding("utf8").on("data", text => {
    said = (said + text).slice(-4_000)
  })
  server.once("error", error => {
    said += error.message
    ended = true
  })
  server.once("exit", () => {
    ended = true
  })
  const deadlineMs = Date.now() + 30_000
  while (!ended && Date.now() < deadlineMs) {
    const client = new pg.Client({
      connectionString: addressOf(password, port, "postgres"),
      connectionTimeoutMillis: 5_000,
    })
    client.on("error", () => undefined)
    const connected = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => undefined)
    if (connected) return undefined
    await new Promise(done => setTimeout(done, 30))
  }
  server.kill("SIGQUIT")
  return said || "no answer within 30 seconds"
}

const addressOf = (password: string, port: number, database: string): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
      )
    })
  })
