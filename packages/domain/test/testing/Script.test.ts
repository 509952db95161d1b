import { describe, expect, it } from "vitest"
import { toPaymentId } from "../../src/PaymentId.ts"
import { Script } from "../../testing/deliveries/Script.ts"
import type { Snapshot, Story } from "../../testing/deliveries/Story.ts"
import { money } from "../../testing/generators/money.ts"

const payment = toPaymentId("example", "c1")
if (payment === undefined) throw new Error("example:c1 is a payment id")

const snapshot = (label: string, ...objects: ReadonlyArray<string>): Snapshot => ({
  label,
  objects: ["charge", ...objects],
  body: { label },
  instructs: false,
  habits: [],
})

const story: Story = {
  truth: {
    payment,
    mode: "live",
    method: { _tag: "Card" },
    requested: money(1, "JPY"),
    status: "paid",
    received: money(1, "JPY"),
    wentBack: [],
    discrepancies: [],
  },
  snapshots: [snapshot("created"), snapshot("paid"), snapshot("refunded")],
}
const onTime = { dropped: false, delay: 0, again: [] }

describe("a script", () => {
  it("without fates delivers everything on time, once", () => {
    const script = new Script(story, [])
    expect(script.arrivals).toEqual([0, 1, 2])
    expect(script.habits).toEqual(new Set())
  })

  it("drops", () => {
    const script = new Script(story, [{ ...onTime, dropped: true }])
    expect(script.arrivals).toEqual([1, 2])
    expect(script.habits).toEqual(new Set(["dropped"]))
  })

  it("delays, and so reorders", () => {
    const script = new Script(story, [{ ...onTime, delay: 2 }])
    expect(script.arrivals).toEqual([1, 0, 2])
    expect(script.habits).toEqual(new Set(["delayed", "reordered"]))
  })

  it("duplicates, even what was dropped first", () => {
    expect(new Script(story, [{ ...onTime, again: [0, 4] }]).arrivals).toEqual([0, 0, 1, 2, 0])
    expect(new Script(story, [{ dropped: true, delay: 0, again: [4] }]).arrivals).toEqual([1, 2, 0])
  })

  it("reads as what was sent and what arrived", () => {
    expect(new Script(story, [{ ...onTime, delay: 2 }]).toString().split("\n").slice(1)).toEqual([
      "sent:",
      '  #1 created: {"label":"created"}',
      '  #2 paid: {"label":"paid"}',
      '  #3 refunded: {"label":"refunded"}',
      "arrived: #2, #1, #3",
    ])
  })
})
