import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"

/** What shells expect of a process that a signal ended: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

/** How a run ended; `code` is there when a signal ended it. */
export interface Ended<A, E> {
  readonly exit: Exit.Exit<A, E>
  readonly code: number | undefined
}

/**
 * Runs the command. The first Ctrl-C (or SIGTERM) interrupts it, so that its transaction is rolled back, its connections and its folder are closed; a
 * second one leaves at once, which the database survives as it survives a power cut.
 */
export async function untilSignal<A, E>(command: Effect.Effect<A, E>): Promise<Ended<A, E>> {
  const fiber = Effect.runFork(command)
  let code: number | undefined
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (code !== undefined) process.exit(code)
      code = EXIT_CODES[signal]
      fiber.interruptUnsafe()
    })
  }
  const exit = await Effect.runPromise(Fiber.await(fiber))
  // Work that was done before it noticed the signal is done.
  return { exit, code: Exit.isSuccess(exit) ? undefined : code }
}
