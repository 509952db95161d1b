import { Clock, Effect } from "effect"

/** How far a rebuild is. Rate and time left are of this run; a resumed one does not count what was done before it. */
export interface RebuildProgress {
  readonly projection: string
  readonly merchant: string
  readonly events: number
  readonly total: number
  readonly eventsPerSecond: number
  /** Null until there is a rate. */
  readonly secondsLeft: number | null
}

/** Counts the events of a rebuild and tells what follows from the clock. */
export const makeProgress = Effect.fnUntraced(function* (
  projection: string,
  total: number,
  tell: (progress: RebuildProgress) => void,
) {
  const beganMs = yield* Clock.currentTimeMillis
  let events = 0
  return {
    add: Effect.fnUntraced(function* (merchant: string, more: number) {
      events += more
      const seconds = ((yield* Clock.currentTimeMillis) - beganMs) / 1000
      const eventsPerSecond = seconds > 0 ? Math.round(events / seconds) : 0
      const secondsLeft = eventsPerSecond > 0 ? Math.max(0, Math.round((total - events) / eventsPerSecond)) : null
      tell({ projection, merchant, events, total: Math.max(total, events), eventsPerSecond, secondsLeft })
    }),
  }
})
