import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"

/** What readers that wait for the views of a merchant are woken by. No merchant's name holds a blank. */
export function viewsOf(merchant: string): string {
  return `${merchant} views`
}

/** How often a reader that waits looks by itself, should a wake-up be lost. */
const POLL_MS = 500

/**
 * Waits until a view shows the log up to a position: for reading what one has just written, at the position its append gave back. It waits as long as
 * it takes, and somebody must be projecting; bound it with `Effect.timeout`.
 */
export const waitFor = Effect.fn("waitFor")(function* (merchant: string, projection: string, position: number) {
  const database = yield* Database
  yield* database.refuseInsideTransaction("waitFor")
  const moved = yield* database.wakeUps.listen(viewsOf(merchant))
  while (true) {
    // Closed before the look: what is committed after this opens it again.
    moved.closeUnsafe()
    const reached = yield* database.query("read checkpoint", kysely =>
      kysely
        .selectFrom("checkpoint")
        .innerJoin("build", "build.build", "checkpoint.build")
        .select("position")
        .where("merchant", "=", merchant)
        .where("projection", "=", projection)
        .where("state", "=", "live")
        .executeTakeFirst(),
    )
    if ((reached?.position ?? 0) >= position) return
    yield* Effect.timeoutOption(moved.await, POLL_MS)
  }
}, Effect.scoped)
