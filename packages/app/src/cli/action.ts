import * as Effect from "effect/Effect"

/**
 * What a command does, loaded when it is run: help, completions and wrong usage need none of it, and it is nearly all of Payfold. What it takes is
 * checked against the command's flags; what it fails with and needs is inferred from it.
 */
export const action =
  <Flags, A, E, R>(load: () => Promise<(flags: Flags) => Effect.Effect<A, E, R>>) =>
  (flags: Flags): Effect.Effect<A, E, R> =>
    Effect.flatMap(Effect.promise(load), run => run(flags))
