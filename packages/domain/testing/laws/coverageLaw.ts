import fc from "fast-check"
import { fold } from "../../src/payment/fold.ts"
import { toPayment } from "../../src/payment/Payment.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import { impliedBy, type Translator } from "../deliveries/impliedBy.ts"
import { NETWORK_HABITS, type Script, scripts } from "../deliveries/Script.ts"
import type { Law } from "../Law.ts"

/** Enough that 1 % is twenty stories. One seed for ever: what a generator produces is its own property, and must not fail by luck. */
const SAMPLE = { numRuns: 2_000, seed: 20_251_120 }

const LEAST_SHARE = 0.01

/** Nothing passes vacuously: all that a generator declares occurs in at least 1 % of its stories, and nothing undeclared does. */
export function coverageLaw(provider: Translator, deliveries: Deliveries): Law {
  return {
    name: "coverage: nothing passes vacuously",
    rule: "Each declared status, discrepancy, method, habit and fate occurs in at least 1 % of stories, and no undeclared one occurs",
    check: () => {
      const { stories, declared } = deliveries
      const shares = coverage(provider, deliveries, fc.sample(scripts(stories), SAMPLE))
      const expected = [
        ...declared.statuses.map(status => `status ${status}`),
        ...declared.discrepancies.map(code => `discrepancy ${code}`),
        ...declared.methods.map(kind => `method ${kind}`),
        ...[...declared.habits, ...NETWORK_HABITS].map(habit => `habit ${habit}`),
      ]
      const rare = expected
        .filter(name => (shares.get(name) ?? 0) < LEAST_SHARE)
        .map(name => `${name} occurs in ${percent(shares.get(name) ?? 0)} of stories`)
      const undeclared = [...shares.keys()]
        .filter(name => !expected.includes(name))
        .map(name => `${name} is not declared`)
      const wrong = [...rare, ...undeclared]
      return Promise.resolve(
        wrong.length === 0
          ? { held: true, runs: SAMPLE.numRuns }
          : { held: false, runs: SAMPLE.numRuns, counterexample: wrong.join("\n") },
      )
    },
  }
}

/** In which share of scripts each thing occurs, from 0 to 1, by `status paid`, `discrepancy received-less`, `method Card`, `habit delayed`. */
export function coverage(
  provider: Translator,
  { settings }: Deliveries,
  sample: ReadonlyArray<Script>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const script of sample) {
    const { truth, snapshots } = script.story
    const payment = toPayment(fold(snapshots.flatMap(({ body }) => impliedBy(provider, body, truth.payment, settings))))
    const occurring = new Set([
      `status ${payment.status}`,
      ...payment.discrepancies.map(({ code }) => `discrepancy ${code}`),
      `method ${truth.method._tag}`,
      ...[...script.habits].map(habit => `habit ${habit}`),
    ])
    for (const name of occurring) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return new Map([...counts].map(([name, count]) => [name, count / sample.length]))
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
