import { median } from "./median.ts"

/**
 * Lets the contestants take turns, round by round, so that what disturbs the machine disturbs them alike, and gives the median of each. The first in one round
 * is the last in the next. What a contestant answers is its figure of the round: a rate or a time.
 */
export async function alternate<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, (round: number) => Promise<number>>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(contestants) as Array<Name>
  const found = new Map<Name, Array<number>>(names.map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      found.get(name)?.push(await contestants[name](round))
    }
  }
  return Object.fromEntries(names.map(name => [name, median(found.get(name) ?? [])])) as Record<Name, number>
}

/** Seconds that something takes. */
export async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now()
  await run()
  return (performance.now() - beganMs) / 1000
}

/** How many a second. */
export async function rateOf(count: number, run: () => Promise<unknown>): Promise<number> {
  return count / (await secondsOf(run))
}
