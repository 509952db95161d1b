import { readFileSync } from "node:fs"
import { join } from "node:path"
import { DEFAULT_TRANSLATE_SETTINGS, type PaymentProvider } from "@payfold/domain"
import { SHIPPED_PROVIDERS } from "../../src/App.ts"
import { alternate } from "../alternate.ts"
import { type Bench, type Figure, type Measurement, sized } from "../Measurement.ts"

const ADAPTERS = join(import.meta.dirname, "../../../adapters")

/** Seed 003, the bill payment, the longest charge that a guide prints, with the merchant's own metadata: 2.2 kB without white space. */
const OMISE_CHARGE = JSON.stringify({
  ...fixture("omise/test/fixtures/seed-003-charge-bill-payment.json"),
  description: "Order 20200203-000017 of the summer campaign, three articles, to be paid at the counter within one day",
  metadata: { order_id: "20200203-000017", campaign: "summer", articles: 3, warehouse: "bangkok-2" },
})
/** Seed 001, the charge that waits, in the envelope of a webhook. */
const UNIVAPAY_WEBHOOK = JSON.stringify({
  id: "11ed07f5-0000-4000-8000-000000000009",
  event: "charge_updated",
  created_on: "2022-07-20T06:28:45.000000Z",
  data: fixture("univapay/test/fixtures/seed-001-3-awaiting.json"),
})

/** Parse, decode and translate one body, against `JSON.parse` of the same text. */
export const translate: Measurement = {
  name: "translate",
  measure: async bench => ({
    figures: [
      await translating(bench, adapter("omise"), "a 2.2 kB Omise charge", OMISE_CHARGE, 3),
      await translating(bench, adapter("univapay"), "a UnivaPay webhook", UNIVAPAY_WEBHOOK, 4),
    ],
  }),
}

async function translating(
  bench: Bench,
  provider: PaymentProvider,
  what: string,
  text: string,
  must: number,
): Promise<Figure> {
  const times = sized(bench, 1_000, 100)
  const parse = () => microsecondsOf(times, () => JSON.parse(text))
  const whole = () => microsecondsOf(times, () => provider.translate(JSON.parse(text), DEFAULT_TRANSLATE_SETTINGS))
  // Many short turns: a machine that slows down for a second slows both. The engine compiles what is called often, so the first ones count for nothing.
  const turns = sized(bench, 30, 3)
  await alternate(2 * turns, { parse, whole })
  const found = await alternate(bench.rounds * turns, { parse, whole })
  return {
    work: `translate: parse, decode and translate ${what}, × \`JSON.parse\``,
    value: found.whole / found.parse,
    unit: "×",
    must: { atMost: must },
    aim: { atMost: 1.6 },
    behind: `${found.whole.toFixed(1)} µs; \`JSON.parse\` ${found.parse.toFixed(1)} µs (${text.length} characters)`,
  }
}

async function microsecondsOf(times: number, run: () => unknown): Promise<number> {
  const beganMs = performance.now()
  let last: unknown
  for (let done = 0; done < times; done++) last = run()
  if (last === undefined) throw new Error("nothing was read")
  return ((performance.now() - beganMs) * 1000) / times
}

function fixture(path: string): object {
  return JSON.parse(readFileSync(join(ADAPTERS, path), "utf8"))
}

/** As the app has them, which compiles their schemas. */
function adapter(name: string): PaymentProvider {
  const found = SHIPPED_PROVIDERS.find(provider => provider.name === name)
  if (found === undefined) throw new Error(`no adapter is named ${name}`)
  return found
}
