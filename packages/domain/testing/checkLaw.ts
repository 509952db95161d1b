import type { Law, Outcome, Runs } from "./Law.ts"
import { runsFromEnvironment } from "./runsFromEnvironment.ts"

/** A law that does not hold: the rule, what breaks it, and the line that replays it. */
export class LawBroken extends Error {
  override readonly name = "LawBroken"
  readonly law: string
  constructor(law: Law, { seed }: Runs, outcome: Extract<Outcome, { readonly held: false }>) {
    const replay = replayLine(law, seed, outcome.path)
    super(`${law.name} does not hold.\n${law.rule}.\n\nReplay: ${replay}\n\n${outcome.counterexample}`)
    this.law = law.name
  }
}

/**
 * Tries a law and gives back the line to print; throws `LawBroken` where it does not hold. Environment: `PAYFOLD_RUNS` (200 where absent),
 * `PAYFOLD_SEED`, `PAYFOLD_PATH`.
 */
export async function checkLaw(law: Law, runs: Runs = runsFromEnvironment()): Promise<string> {
  const outcome = await law.check(runs)
  if (!outcome.held) throw new LawBroken(law, runs, outcome)
  return `${law.name}: held ${outcome.runs} times, seed ${runs.seed}`
}

/** Meets the same counterexample first; another test runner has its own way to choose a test by name. */
function replayLine(law: Law, seed: number, path: string | undefined): string {
  const place = path === undefined ? "" : ` PAYFOLD_PATH=${path}`
  return `PAYFOLD_SEED=${seed}${place} npx vitest run -t ${JSON.stringify(law.name)}`
}
