import { Effect } from "effect"
import { verifyDeliveries } from "../inbox/verifyDeliveries.ts"
import { verifyTranslations } from "../inbox/verifyTranslations.ts"
import { verifyLog } from "../log/verifyLog.ts"
import { Database } from "../postgres/Database.ts"
import { eventFault } from "./eventFault.ts"
import { verifyViews } from "./verifyViews.ts"

export interface AuditOptions {
  /** A chain value noted down earlier (hexadecimal), which the log must have had. */
  readonly expectedHead?: string | undefined
  /** Also compares the events with what the kept deliveries imply. */
  readonly retranslate?: boolean
  /** Told as the work goes on; each step counts for itself. */
  readonly onProgress?: (step: "log" | "deliveries" | "translations", done: number, total: number) => void
}

/**
 * Audits a merchant's database: the chain, positions, versions and instants of the log; that every event decodes; that the deliveries its events name are
 * there, with the bodies their hashes were taken of; on request that these imply the events; that every row of every view is what the log folds to.
 *
 * Stops at the first difference, and what comes after it is `undefined`: a fold of a damaged log proves nothing. Changes nothing. Constant memory.
 */
export const audit = Effect.fn("audit")(function* (merchant: string, options: AuditOptions = {}) {
  const { expectedHead, retranslate = false, onProgress = () => {} } = options
  const database = yield* Database
  const nothing = { deliveries: undefined, translations: undefined, views: undefined }
  const log = yield* verifyLog(database, merchant, {
    ...(expectedHead === undefined ? {} : { expectedHead }),
    check: eventFault,
    onProgress: (position, head) => Effect.sync(() => onProgress("log", position, head)),
  })
  if (log._tag === "LogFault") return { ...nothing, log }
  const tell = (step: "deliveries" | "translations") => (done: number, total: number) => onProgress(step, done, total)
  const deliveries = yield* verifyDeliveries(merchant, log.events, tell("deliveries"))
  if (deliveries.fault !== undefined) return { ...nothing, log, deliveries }
  const translations = retranslate ? yield* verifyTranslations(merchant, log.events, tell("translations")) : undefined
  if (translations?.fault !== undefined) return { ...nothing, log, deliveries, translations }
  return { log, deliveries, translations, views: yield* verifyViews(merchant) }
})

export type Audit = Effect.Success<ReturnType<typeof audit>>
