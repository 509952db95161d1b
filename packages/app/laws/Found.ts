import type { Chance } from "../testing/laws/Chance.ts"
import type { PostgresServer } from "../testing/PostgresServer.ts"

/** What one part of a law's long run came to. No violations: it held. */
export interface Found {
  readonly what: string
  readonly violations: ReadonlyArray<string>
  readonly [figure: string]: unknown
}

export type Law = (server: PostgresServer, chance: Chance) => Promise<ReadonlyArray<Found>>
