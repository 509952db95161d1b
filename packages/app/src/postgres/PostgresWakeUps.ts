import { createHash } from "node:crypto"
import { Deferred, Effect, Latch, type Scope } from "effect"
import pg from "pg"
import { attempt } from "./attempt.ts"
import { payfoldSchemaName } from "./payfoldSchemaName.ts"
import { LocalWakeUps, type WakeUps } from "./WakeUps.ts"

/**
 * Wake-ups between processes: one connection beside the pool, opened when first needed, that listens and notifies.
 *
 * A `NOTIFY` inside the append would hold a lock of the whole server at commit, under which every append waits for every other (half the
 * appends a second, tried). So it is sent after the commit, for all logs that grew meanwhile at once, and not more often than `SPACING`.
 *
 * Whoever can connect can listen: the payload is a digest and names no merchant. When the connection is lost it is opened again, and then
 * every reader is woken, because what was said meanwhile went past us. Behind a pooler that lends a connection by the statement `LISTEN`
 * hears nothing; then the readers only poll.
 *
 * Source: PostgreSQL 18 manual, NOTIFY (read 2026-11-20); src/backend/commands/async.c, "heavyweight lock on database 0".
 */
export const postgresWakeUps = Effect.fnUntraced(function* (
  connectionString: string,
): Effect.fn.Return<WakeUps, never, Scope.Scope> {
  const line: Line = {
    connectionString,
    listeners: new LocalWakeUps(),
    unsent: new Set(),
    isWanted: Latch.makeUnsafe(false),
    hasUnsent: Latch.makeUnsafe(false),
  }
  const reconnecting = Effect.forever(Effect.andThen(Effect.ignore(Effect.scoped(useLine(line))), Effect.sleep(PAUSE)))
  yield* Effect.forkScoped(Effect.andThen(line.isWanted.await, reconnecting))
  return {
    wake: log => {
      const name = digest(log)
      line.listeners.wake(name)
      line.unsent.add(name)
      line.hasUnsent.openUnsafe()
      line.isWanted.openUnsafe()
    },
    listen: log =>
      Effect.suspend(() => {
        line.isWanted.openUnsafe()
        return line.listeners.listen(digest(log))
      }),
  }
})

const channel = payfoldSchemaName
/** Between two notifications of this process. */
const SPACING = "10 millis"
/** Before a lost connection is opened again. */
const PAUSE = "500 millis"
/** A process that ends waits this long to say that it appended, not longer. */
const CONNECT_TIMEOUT_MS = 2_000

interface Line {
  readonly connectionString: string
  readonly listeners: LocalWakeUps
  /** Logs that grew and nobody was told yet: at most the merchants of this process. */
  readonly unsent: Set<string>
  readonly isWanted: Latch.Latch
  readonly hasUnsent: Latch.Latch
}

/** Listens and notifies on one connection until it is lost. */
const useLine = Effect.fnUntraced(function* (line: Line) {
  const lost = yield* Deferred.make<void>()
  const client = yield* Effect.acquireRelease(
    attempt("connect for wake-ups", () => connect(line.connectionString, lost)),
    client => Effect.andThen(Effect.ignore(sendUnsent(client, line)), close(client)),
  )
  client.on("notification", ({ payload }) => line.listeners.wake(payload ?? ""))
  yield* attempt("listen", () => client.query(`listen ${pg.escapeIdentifier(channel)}`))
  line.listeners.wakeAll()
  const sending = Effect.forever(
    Effect.andThen(line.hasUnsent.await, Effect.andThen(sendUnsent(client, line), Effect.sleep(SPACING))),
  )
  yield* Effect.raceFirst(Deferred.await(lost), sending)
})

const connect = async (connectionString: string, lost: Deferred.Deferred<void>): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString,
    application_name: "payfold wake-ups",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  const onLost = () => Deferred.doneUnsafe(lost, Effect.void)
  client.on("error", onLost)
  client.on("end", onLost)
  await client.connect()
  // What is said here is lost in a crash anyway: it need not wait for the disk, nor make the next append wait.
  await client.query("set synchronous_commit = off")
  return client
}

/** Says of all logs at once that they grew; again later when it could not be said. */
const sendUnsent = Effect.fnUntraced(function* (client: pg.Client, { unsent, hasUnsent }: Line) {
  hasUnsent.closeUnsafe()
  if (unsent.size === 0) return
  const sent = [...unsent]
  yield* attempt("notify", () =>
    client.query("select pg_notify($1, log) from unnest($2::text[]) as log", [channel, sent]),
  ).pipe(Effect.tapError(() => hasUnsent.open))
  for (const log of sent) unsent.delete(log)
})

const close = (client: pg.Client): Effect.Effect<void> =>
  Effect.promise(() => client.end()).pipe(Effect.interruptible, Effect.timeoutOption("1 second"), Effect.asVoid)

const digest = (log: string): string => createHash("sha256").update(log).digest("hex")
