/**
 * The first thing that is wrong with a log, and where. `position` is the event's, or for a chain fault the last one of the append
 * it was found in: the fault lies at or before it, after the link before.
 *
 * - `gap`: a position is missing, or stands twice.
 * - `version`: a payment's event does not follow the one before it.
 * - `time`: an instant lies before the one before it, or differs inside one append.
 * - `chain`: what stands there is not what was appended.
 * - `tail`: the log does not end where its counter says.
 * - `event`: the event cannot be read, or is not what its envelope says.
 * - `head`: the chain never had the value the caller noted down, so the log was cut off or rewritten.
 */
export interface LogFault {
  readonly _tag: "LogFault"
  readonly kind: "gap" | "version" | "time" | "chain" | "tail" | "event" | "head"
  readonly position: number
  readonly found: string
  readonly expected: string
}

/** The log is what was appended, from the first event to `head`. */
export interface LogSound {
  readonly _tag: "LogSound"
  readonly events: number
  readonly payments: number
  /** Statements that appended, each with one link of the chain. */
  readonly links: number
  readonly chain: string
}
