import type { Runs } from "./Law.ts"

const EVERYDAY_RUNS = 200

/** How often and from which seed, as the environment says; a new seed for every process otherwise. */
export function runsFromEnvironment(environment: Readonly<Record<string, string | undefined>> = process.env): Runs {
  const path = environment["PAYFOLD_PATH"]
  return {
    runs: wholeNumber("PAYFOLD_RUNS", environment["PAYFOLD_RUNS"]) ?? EVERYDAY_RUNS,
    seed: wholeNumber("PAYFOLD_SEED", environment["PAYFOLD_SEED"]) ?? SEED_OF_THIS_PROCESS,
    ...(path === undefined ? {} : { path }),
  }
}

const SEED_OF_THIS_PROCESS = Math.floor(Math.random() * 0x7fff_ffff)

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined
  if (!/^-?\d{1,15}$/.test(text)) throw new RangeError(`${name} must be a whole number, found ${JSON.stringify(text)}`)
  return Number(text)
}
