import { EVENT_SCHEMA_VERSION } from "@payfold/domain"

/** As in payment ids and on the command line. */
export const PROVIDER = "univapay"

/** Grows by one whenever the same body may translate to other events than before. */
export const ADAPTER_VERSION = 1

/** What every event of this adapter carries. */
export const REPORTED = {
  schemaVersion: EVENT_SCHEMA_VERSION,
  adapter: { name: PROVIDER, version: ADAPTER_VERSION },
} as const
