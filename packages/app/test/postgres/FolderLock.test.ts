import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { Database } from "../../src/postgres/Database.ts"
import { holdFolder } from "../../src/postgres/FolderLock.ts"
import { migrate } from "../../src/postgres/Migrate.ts"

const program = fileURLToPath(new URL("./holdFolderProcess.ts", import.meta.url))

describe("the folder lock", () => {
  let place = ""
  let folder = ""
  let children: Array<ChildProcess> = []

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), "payfold-folder-"))
    folder = join(place, "not", "there", "yet")
    children = []
  })

  afterEach(async () => {
    for (const child of children) await kill(child)
    rmSync(place, { recursive: true, force: true })
  })

  const start = (): ChildProcess => {
    const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] })
    children.push(child)
    return child
  }

  /** The first line the process says. */
  const said = async (child: ChildProcess): Promise<string> => {
    if (child.stdout === null) throw new Error("no output")
    for await (const line of createInterface({ input: child.stdout })) return line
    return ""
  }

  const kill = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise(done => child.once("exit", done))
    child.kill("SIGKILL")
    await ended
  }

  const tryHere = () => Effect.runPromise(Effect.scoped(Effect.exit(holdFolder(folder))))

  test("refuses a second process, names the holder, and lets the next one in after a SIGKILL", async () => {
    const holder = start()
    expect(await said(holder)).toBe("held")
    const refused = JSON.parse(await said(start()))
    expect(refused).toMatchObject({ _tag: "FolderInUse", folder, pid: holder.pid })
    expect(Date.now() - Date.parse(refused.since)).toBeLessThan(60_000)
    expect(await tryHere()).toMatchObject({ _tag: "Failure" })
    await kill(holder)
    expect(await tryHere()).toMatchObject({ _tag: "Success" })
  })

  test("lets exactly one of several in that come at once, also after a SIGKILL", async () => {
    const first = start()
    expect(await said(first)).toBe("held")
    await kill(first)
    const racers = Array.from({ length: 4 }, start)
    const lines = await Promise.all(racers.map(said))
    expect(lines.filter(line => line === "held")).toHaveLength(1)
    const winner = racers[lines.indexOf("held")]
    const refused = lines.filter(line => line !== "held").map(line => JSON.parse(line))
    expect(refused.map(one => one.pid)).toEqual([winner?.pid, winner?.pid, winner?.pid])
  })

  test("refuses a second opening inside one process, and lets go with its scope", async () => {
    const twice = Effect.scoped(Effect.andThen(holdFolder(folder), Effect.flip(Effect.scoped(holdFolder(folder)))))
    expect(await Effect.runPromise(twice)).toMatchObject({ _tag: "FolderInUse", pid: process.pid })
    expect(await tryHere()).toMatchObject({ _tag: "Success" })
  })

  test("fails when the folder cannot be made", async () => {
    const file = join(place, "file")
    writeFileSync(file, "")
    const failure = await Effect.runPromise(Effect.flip(Effect.scoped(holdFolder(join(file, "folder")))))
    expect(failure).toMatchObject({ _tag: "FolderUnusable" })
  })

  test("guards a database in a folder, which keeps what was written and leaves a half-made cluster aside", async () => {
    mkdirSync(join(folder, "postgres"), { recursive: true })
    writeFileSync(join(folder, "postgres", "PG_VERSION"), "18")
    const url = { _tag: "PGlite", folder } as const
    const first = Effect.gen(function* () {
      const applied = yield* migrate()
      const second = yield* Effect.flip(Effect.provide(Effect.void, Database.layer(url)))
      return { applied, second }
    })
    const { applied, second } = await Effect.runPromise(first.pipe(Effect.provide(Database.layer(url))))
    expect(applied.length).toBeGreaterThan(0)
    expect(second).toMatchObject({ _tag: "FolderInUse", pid: process.pid })
    expect(existsSync(join(folder, "complete"))).toBe(true)
    expect(await Effect.runPromise(migrate().pipe(Effect.provide(Database.layer(url))))).toEqual([])
  }, 30_000)
})
