import type { WithHostShare } from "./withHostShare.ts"

/** Of the processors' time, what the host may take in a round; with less left they are no longer two cores. */
const QUIET_PERCENT = 5
/** Rounds for each one that is asked for, at most, until so many were quiet. */
const MAXIMUM_TRIES = 3

/**
 * Rounds of a measurement that no peer shares what disturbs the machine with: noisy ones are made again. Those that count are the ones in which the host took
 * least, chosen by that and not by what they found. Where the system does not say what it took, the first ones count.
 */
export async function quietRounds<A>(
  wanted: number,
  make: (round: number) => Promise<WithHostShare<A>>,
): Promise<{ readonly all: ReadonlyArray<WithHostShare<A>>; readonly counted: ReadonlyArray<WithHostShare<A>> }> {
  const all: Array<WithHostShare<A>> = []
  while (all.filter(isQuiet).length < wanted && all.length < MAXIMUM_TRIES * wanted) all.push(await make(all.length))
  const counted = all.toSorted((one, other) => taken(one) - taken(other)).slice(0, wanted)
  return { all, counted }
}

function isQuiet(round: WithHostShare<unknown>): boolean {
  return taken(round) <= QUIET_PERCENT
}

function taken({ hostPercent }: WithHostShare<unknown>): number {
  return hostPercent ?? 0
}
