import { Effect, Exit, Request, RequestResolver } from "effect"
import { Database } from "../postgres/Database.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import { type HashedDelivery, hashed, type KeptDelivery, keepDeliveries, type NewDelivery } from "./keepDelivery.ts"

/** Most deliveries of one statement; each number is a statement that every connection prepares. */
const MAXIMUM_TOGETHER = 16

class Keep extends Request.Class<{ readonly delivery: HashedDelivery }, KeptDelivery, DatabaseFailure> {}

type Entry = Request.Entry<Keep>

/** Keeps one delivery and answers when it is durable. */
export type KeepTogether = (delivery: NewDelivery) => Effect.Effect<KeptDelivery, DatabaseFailure>

/**
 * Lets the deliveries that come in at the same moment travel together, as one statement: nobody waits for anybody who is not there yet, but who travels with a
 * body that somebody has locked waits for it too. Who stops waiting stops nothing: a statement that was sent runs on, and what it keeps stays kept.
 */
export function makeKeepTogether(database: Database["Service"], merchant: string): KeepTogether {
  const resolver = RequestResolver.make<Keep>(entries =>
    Effect.provideService(keepAll(merchant, entries), Database, database),
  ).pipe(RequestResolver.batchN(MAXIMUM_TOGETHER))
  // Asked of each: the statement runs in the name of the first, and would be refused to all.
  return delivery =>
    Effect.andThen(
      database.refuseInsideTransaction("keep deliveries"),
      Effect.request(new Keep({ delivery: hashed(delivery) }), resolver),
    )
}

/** Each body once a statement, so the same body is counted by the next. */
const keepAll: (merchant: string, entries: ReadonlyArray<Entry>) => Effect.Effect<void, never, Database> =
  Effect.fnUntraced(function* (merchant, entries) {
    const firsts = new Map<string, Entry>()
    const repeats: Array<Entry> = []
    for (const entry of entries) {
      const { key } = entry.request.delivery
      if (firsts.has(key)) repeats.push(entry)
      else firsts.set(key, entry)
    }
    yield* keepDistinct(merchant, [...firsts.values()])
    if (repeats.length > 0) yield* keepAll(merchant, repeats)
  })

/** What the database refuses for one of them is sent again one by one, so that it is refused to that one alone. */
const keepDistinct: (merchant: string, entries: ReadonlyArray<Entry>) => Effect.Effect<void, never, Database> =
  Effect.fnUntraced(function* (merchant, entries) {
    const deliveries = entries.map(entry => entry.request.delivery)
    const exit = yield* Effect.exit(keepDeliveries(merchant, deliveries))
    if (Exit.isSuccess(exit)) {
      for (const [index, kept] of exit.value.entries()) entries[index]?.completeUnsafe(Exit.succeed(kept))
      return
    }
    const failure = Exit.findErrorOption(exit)
    if (entries.length > 1 && failure._tag === "Some" && !failure.value.retryable) {
      return yield* Effect.forEach(entries, entry => keepDistinct(merchant, [entry]), { discard: true })
    }
    for (const entry of entries) entry.completeUnsafe(Exit.failCause(exit.cause))
  })
