/** Writers at once that the peer is tried with. */
const CANDIDATES = [8, 16, 32, 64, 100]

/** Tries some and gives the number of writers at which the rate is best, with that rate. */
export async function bestConcurrency(
  rateAt: (writers: number) => Promise<number>,
): Promise<{ readonly writers: number; readonly rate: number }> {
  let best = { writers: CANDIDATES[0] ?? 1, rate: 0 }
  for (const writers of CANDIDATES) {
    const rate = await rateAt(writers)
    if (rate > best.rate) best = { writers, rate }
  }
  return best
}

/** Does something for each number from `from`, `count` of them, so many at once. */
export async function atOnce(
  writers: number,
  from: number,
  count: number,
  run: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = from
  const writer = async () => {
    while (next < from + count) await run(next++)
  }
  await Promise.all(Array.from({ length: writers }, writer))
}
