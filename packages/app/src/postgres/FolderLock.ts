import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect, Option, Predicate, Schema, type Scope } from "effect"

const Holder = Schema.Struct({ pid: Schema.Int, since: Schema.String })
type Holder = typeof Holder.Type
const holderFromText = Schema.decodeUnknownOption(Schema.fromJsonString(Holder))

/** Another process, or another part of this one, has the folder open. Null when it has not yet said who it is. */
export class FolderInUse extends Schema.TaggedError<FolderInUse>()("FolderInUse", {
  folder: Schema.String,
  pid: Schema.NullOr(Schema.Int),
  since: Schema.NullOr(Schema.String),
}) {
  override get message(): string {
    const who = this.pid === null ? "another process" : `process ${this.pid}, since ${this.since}`
    return `${this.folder} is in use by ${who}. Stop it, or use another folder; for several processes at once use PostgreSQL.`
  }

  get advice(): string {
    return "Nothing was opened or changed."
  }
}

/** The folder could not be created, or not be written to. */
export class FolderUnusable extends Schema.TaggedError<FolderUnusable>()("FolderUnusable", {
  folder: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `${this.folder} cannot be used: ${this.reason}`
  }

  get advice(): string {
    return "Nothing was changed. Give this user the right to write there, make room, or name another folder in PAYFOLD_DATABASE_URL."
  }
}

/**
 * Holds the folder for this process until the scope closes or the process dies, whichever comes first.
 *
 * PGlite has no lock of its own and two processes ruin the folder. The lock is a write transaction, never committed, on an empty
 * SQLite file: to SQLite that is an advisory lock of the kernel on an open file (`fcntl` on Linux and macOS, `LockFileEx` on Windows),
 * reached without a native addon through `node:sqlite`. The kernel drops it with the process, SIGKILL and power loss included. So
 * there is no stale lock, nothing to take over and no race about it; a file with a process id, or a socket in the file system, has all
 * three. `begin immediate`, not `exclusive`: of two that come at once exactly one gets it, not possibly none.
 *
 * Who holds it stands in a file beside the lock, only to tell the second one. The lock file itself is opened by nobody else in this
 * process: closing any other descriptor of it would drop a POSIX lock. A network file system may not keep such locks: use a local disk.
 *
 * Source: sqlite.org/lockingv3.html and sqlite.org/howtocorrupt.html section 2 (read 2026-11-20).
 */
export const holdFolder = (folder: string): Effect.Effect<void, FolderInUse | FolderUnusable, Scope.Scope> =>
  Effect.acquireRelease(acquire(folder), lock => Effect.sync(() => lock.close())).pipe(Effect.asVoid)

const acquire = Effect.fnUntraced(function* (folder: string) {
  const attempt = yield* Effect.try({
    try: () => tryLock(folder),
    catch: thrown => new FolderUnusable({ folder, reason: thrown instanceof Error ? thrown.message : String(thrown) }),
  })
  return attempt ?? (yield* refusal(folder))
})

const holderFile = (folder: string): string => join(folder, "holder.json")

/** The held lock, or undefined when somebody else has it. */
const tryLock = (folder: string): DatabaseSync | undefined => {
  mkdirSync(folder, { recursive: true })
  const lock = new DatabaseSync(join(folder, "lock"))
  try {
    lock.exec("begin immediate")
    // Renamed into place, so that nobody reads half of it.
    const written = `${holderFile(folder)}.${process.pid}`
    writeFileSync(written, JSON.stringify({ pid: process.pid, since: new Date().toISOString() } satisfies Holder))
    renameSync(written, holderFile(folder))
    return lock
  } catch (thrown) {
    lock.close()
    // SQLITE_BUSY
    if (Predicate.hasProperty(thrown, "errcode") && thrown.errcode === 5) return undefined
    throw thrown
  }
}

/** The holder may have the lock and not yet have written its name: the file then names a process that is gone. Wait a moment for it. */
const refusal = Effect.fnUntraced(function* (folder: string): Effect.fn.Return<never, FolderInUse> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const holder = yield* Effect.sync(() => readHolder(folder))
    if (Option.isSome(holder) && isAlive(holder.value.pid)) return yield* new FolderInUse({ folder, ...holder.value })
    yield* Effect.sleep("10 millis")
  }
  return yield* new FolderInUse({ folder, pid: null, since: null })
})

const readHolder = (folder: string): Option.Option<Holder> => {
  try {
    return holderFromText(readFileSync(holderFile(folder), "utf8"))
  } catch {
    return Option.none()
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // Alive, but another user's.
    return Predicate.hasProperty(thrown, "code") && thrown.code === "EPERM"
  }
}
