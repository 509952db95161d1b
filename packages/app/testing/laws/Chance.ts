/** Chance that can be had again: the same seed, the same numbers (mulberry32). Seeds are printed by whoever draws from it. */
export class Chance {
  readonly seed: number
  private state: number

  constructor(seed: number) {
    this.seed = seed
    this.state = seed >>> 0
  }

  /** A seed for a run that names none. */
  static anySeed(): number {
    return Math.floor(Math.random() * 2 ** 32)
  }

  /** From 0 up to, not including, 1. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound)
  }

  oneOf<A>(values: readonly [A, ...ReadonlyArray<A>]): A {
    return values[this.below(values.length)] ?? values[0]
  }

  shuffled<A>(values: ReadonlyArray<A>): ReadonlyArray<A> {
    return values
      .map(value => ({ value, rank: this.fraction() }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ value }) => value)
  }
}
