import type { Migration } from "kysely/migration"
import { eventLogAndInbox } from "./0001-event-log-and-inbox.ts"
import { views } from "./0002-views.ts"

/** Every migration by its name, in order. Listed by hand, so that a bundled program finds them without a folder to read. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-event-log-and-inbox": eventLogAndInbox,
  "0002-views": views,
}
