import { Effect, Latch, type Scope } from "effect"

/**
 * Tells readers at the end of a log that it may have grown. A hint and no more: it may be lost, come late, or come for nothing, and a
 * reader that hears none looks again by itself.
 */
export interface WakeUps {
  /** After a commit. Neither waits nor fails. */
  readonly wake: (log: string) => void
  /** A latch that opens with every wake-up until the scope closes. Its reader closes it, and only then looks. */
  readonly listen: (log: string) => Effect.Effect<Latch.Latch, never, Scope.Scope>
}

/** The readers of this process. All there is on PGlite, whose folder belongs to one process. */
export class LocalWakeUps implements WakeUps {
  private readonly latches = new Map<string, Set<Latch.Latch>>()

  readonly wake = (log: string): void => {
    for (const latch of this.latches.get(log) ?? []) latch.openUnsafe()
  }

  readonly wakeAll = (): void => {
    for (const log of this.latches.keys()) this.wake(log)
  }

  readonly listen = (log: string): Effect.Effect<Latch.Latch, never, Scope.Scope> =>
    Effect.acquireRelease(
      Effect.sync(() => this.add(log)),
      latch => Effect.sync(() => this.remove(log, latch)),
    )

  private add(log: string): Latch.Latch {
    const latch = Latch.makeUnsafe(true)
    this.latches.set(log, (this.latches.get(log) ?? new Set()).add(latch))
    return latch
  }

  private remove(log: string, latch: Latch.Latch): void {
    const latches = this.latches.get(log)
    latches?.delete(latch)
    if (latches?.size === 0) this.latches.delete(log)
  }
}
