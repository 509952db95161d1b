/** The middle of the values; of an even number of them the mean of the middle two. */
export function median(values: ReadonlyArray<number>): number {
  return percentile(values, 50)
}

/** The value below which so many of a hundred lie, between neighbours in proportion. Not a number where there are none. */
export function percentile(values: ReadonlyArray<number>, hundredths: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = ((sorted.length - 1) * hundredths) / 100
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  // Of two that are without end none lies between.
  return below === above ? below : below + (above - below) * (place - Math.floor(place))
}
