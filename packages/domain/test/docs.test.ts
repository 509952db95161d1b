import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { FailureCategory } from "../src/FailureCause.ts"
import { Instructions } from "../src/Instructions.ts"
import { PaymentMethod } from "../src/PaymentMethod.ts"
import { DISCREPANCY_CODES } from "../src/payment/discrepancies.ts"
import { Fees, OrderReference, PaymentEvent, RefundReport } from "../src/payment/PaymentEvent.ts"
import { PAYMENT_STATUSES, STATUS_CLASS } from "../src/payment/status.ts"

const root = `${import.meta.dirname}/../../..`
const read = (path: string) => readFileSync(`${root}/${path}`, "utf8")
const EXAMPLES = "packages/domain/test/example"
const examples = readdirSync(`${root}/${EXAMPLES}`).map(name => ({ name, text: read(`${EXAMPLES}/${name}`) }))

/** The code blocks of a page. */
function blocksOf(page: string): ReadonlyArray<string> {
  return [...read(page).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? "")
}

describe("the code of", () => {
  it.each(["packages/domain/README.md", "docs/writing-an-adapter.md"])(
    "%s is that of an example file, which the compiler checks and this suite runs",
    page => {
      const blocks = blocksOf(page)
      expect(blocks.length).toBeGreaterThan(0)
      for (const block of blocks) expect(examples.map(({ text }) => text)).toContain(block)
    },
  )

  it.each(examples.filter(({ name }) => name.startsWith("readme")))(
    "$name runs, and what it asserts is so",
    async ({ name }) => {
      await expect(import(`./example/${name.replace(".ts", "")}.ts`)).resolves.toBeDefined()
    },
  )

  it("an adapter has fewer than 80 lines, and its deliveries fewer than 60", () => {
    const [adapter, deliveries] = blocksOf("docs/writing-an-adapter.md").map(code => code.trimEnd().split("\n").length)
    expect(adapter).toBeLessThan(80)
    expect(deliveries).toBeLessThan(60)
  })
})

describe("the catalogue of events", () => {
  const page = read("docs/events.md")
  const section = (heading: string) => page.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? ""
  const named = (text: string) => new Set([...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name))
  const firstColumn = (text: string) =>
    [...text.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell]) => [...named(cell ?? "")])
  const common = firstColumn(section("Every event"))

  it.each(Object.entries(PaymentEvent.cases))("has every field of %s, and no other", (tag, { fields }) => {
    const refunds = Object.keys(RefundReport.cases)
    const listed = firstColumn(section(tag)).filter(name => !refunds.includes(name ?? ""))
    expect([...common, ...listed].toSorted()).toEqual(Object.keys(fields).toSorted())
  })

  it("has every method with its leaves, every instruction, every kind of refund, every fee and every category", () => {
    const methods = Object.entries(PaymentMethod.cases).flatMap(([tag, { fields }]) => [tag, ...Object.keys(fields)])
    const missing = (names: ReadonlyArray<string>, text: string) => names.filter(name => !named(text).has(name))
    expect(
      missing(
        methods.filter(name => name !== "_tag"),
        section("Payment methods"),
      ),
    ).toEqual([])
    expect(firstColumn(section("Instructions")).toSorted()).toEqual(Object.keys(Instructions.fields).toSorted())
    expect(missing(Object.keys(RefundReport.cases), section("PaymentRefunded"))).toEqual([])
    expect(missing(Object.keys(Fees.fields), section("PaymentPaid"))).toEqual([])
    expect(missing(Object.keys(OrderReference.fields), section("PaymentCreated"))).toEqual([])
    expect(missing(FailureCategory.literals, section("PaymentFailed"))).toEqual([])
  })
})

describe("the glossary", () => {
  const page = read("docs/glossary.md")

  it.each(PAYMENT_STATUSES)("has the status %s with its class", name => {
    expect(page).toMatch(
      new RegExp(`^\\| \`${name}\` \\| ${["open", "ended", "received"][STATUS_CLASS[name]]} \\|`, "m"),
    )
  })

  it.each(DISCREPANCY_CODES)("has the discrepancy %s", code => {
    expect(page).toContain(`\`${code}\``)
  })
})
