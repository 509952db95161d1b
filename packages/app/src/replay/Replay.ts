/** The door for replay scripts: a log, from a database or from an exported file, as streams of events, payments and deliveries. */

export { type FirstDifference, firstDifference } from "./firstDifference.ts"
export { type OpenReplay, openReplay, type ReplayFrom } from "./openReplay.ts"
export type { EventFilter, PaymentFilter, ReceivedFilter } from "./ReplayFilter.ts"
export type { Replay, ReplayDelivery, ReplayEvent, ReplayFailure, ReplayPayment } from "./ReplayLog.ts"
export { fileReplay, logReplay } from "./replayOf.ts"
export type { ReplayTables } from "./replayTables.ts"
