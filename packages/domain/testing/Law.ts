import fc from "fast-check"

/** How often, and from which seed. Equal runs of one law try equal values. */
export interface Runs {
  readonly runs: number
  readonly seed: number
  /** Fast-check's path to one counterexample, to replay it alone. */
  readonly path?: string
}

/** What became of a law. `counterexample` is for people; `path` replays it. */
export type Outcome =
  | { readonly held: true; readonly runs: number }
  | { readonly held: false; readonly runs: number; readonly counterexample: string; readonly path?: string }

/** A promise that can be tried: a name to call it by, the rule in plain words, and the trial. */
export interface Law {
  readonly name: string
  readonly rule: string
  /** Never throws for a law that does not hold: the outcome says so. */
  readonly check: (runs: Runs) => Promise<Outcome>
}

/** A law tried by a fast-check property. `cost`: how many times dearer than most; it is tried as many times less often. */
export function lawOf<Values>(
  name: string,
  rule: string,
  property: fc.IRawProperty<Values>,
  { cost }: { readonly cost: number } = { cost: 1 },
): Law {
  return {
    name,
    rule,
    check: async ({ runs, seed, path }) => {
      const numRuns = Math.max(1, Math.ceil(runs / cost))
      const details = await fc.check(property, { numRuns, seed, ...(path === undefined ? {} : { path }) })
      return details.failed
        ? {
            held: false,
            runs: details.numRuns,
            counterexample: fc.defaultReportMessage(details) ?? "no value could be tried",
            ...(details.counterexamplePath === null ? {} : { path: details.counterexamplePath }),
          }
        : { held: true, runs: details.numRuns }
    },
  }
}
