import type { PostgresServer } from "../testing/PostgresServer.ts"

/** What a figure may be at most or must be at least, in the figure's unit. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number }

/** One row of the table: a ratio of two medians of the same run, or a plain quantity where the issue of the row is one. */
export interface Figure {
  readonly work: string
  readonly value: number
  /** `×` a ratio, `%` a share, `ms` and `MB` as they are. */
  readonly unit: "×" | "%" | "ms" | "MB"
  /** Missed, `--assert` fails. A figure without is printed only. */
  readonly must?: Bound
  readonly aim?: Bound
  /** The absolute figures behind it, for people. */
  readonly behind: string
}

/** One point of the chart: events in the log or writers, and a rate a second. */
export interface Point {
  readonly at: number
  readonly rate: number
}

/** Lines of the chart, by name. */
export type Lines = Readonly<Record<string, ReadonlyArray<Point>>>

export interface Measured {
  readonly figures: ReadonlyArray<Figure>
  readonly lines?: Lines
}

/** `small` is for development: it takes seconds and its figures mean nothing. */
export type Scale = "small" | "full"

/** What a measurement has to work with. */
export interface Bench {
  readonly scale: Scale
  /** Rounds of which the median counts; where something is compared, the two take turns. */
  readonly rounds: number
  /** The measurement's own PostgreSQL, with fsync and default durability; started when first asked for. */
  readonly postgres: () => Promise<PostgresServer>
  readonly tell: (text: string) => void
}

/** Rows of the table that are measured together, under one name. */
export interface Measurement {
  readonly name: string
  readonly measure: (bench: Bench) => Promise<Measured>
}

/** The number for this scale. */
export function sized({ scale }: Pick<Bench, "scale">, full: number, small: number): number {
  return scale === "full" ? full : small
}
