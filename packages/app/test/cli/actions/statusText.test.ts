import { expect, test } from "vitest"
import { statusCells, statusText } from "../../../src/cli/actions/statusText.ts"
import type { MerchantStatus } from "../../../src/replay/readStatus.ts"

const empty: MerchantStatus = {
  merchant: "default",
  position: 0,
  recordedAt: null,
  chain: "",
  ...{ waiting: 0, unverified: 0, quarantined: 0, reactionsWaiting: 0, reactionsParked: 0 },
  views: [],
}
const view = { projection: "due", build: 1, state: "live", version: 1, derivationVersion: 2, position: 7 }

test("says of an empty log that it is empty, and that views come later", () => {
  expect(statusText([empty]).split("\n")).toEqual([
    "merchant  events  last recorded  waiting  unverified  quarantined  reactions  parked",
    "default        0  nothing yet          0           0            0          0       0",
    "",
    "No views yet: they are made when the first delivery is recorded.",
  ])
  expect(statusCells([empty])).toEqual([["default", "", "0", "0", "0", "0", "0", "0"]])
})

test("says what is behind, what must be rebuilt, and what somebody should do", () => {
  const text = statusText([
    {
      ...empty,
      ...{
        merchant: "bangkok",
        position: 9,
        recordedAt: "2026-06-01T00:00:00.000Z",
        quarantined: 1,
        reactionsParked: 2,
      },
      views: [
        { ...view, rebuildNeeded: null },
        { ...view, projection: "orders", rebuildNeeded: "Run: payfold rebuild orders" },
      ],
    },
  ])
  expect(text.split("\n").slice(3)).toEqual([
    "merchant  view    version  position  behind",
    "bangkok   due     1.2             7       2",
    "bangkok   orders  1.2             7       2  rebuild needed",
    "",
    "! 1 delivery could not be read: payfold inbox --quarantined --merchant bangkok",
    "! 2 reactions were given up on: payfold reactions --merchant bangkok",
    "! Run: payfold rebuild orders",
  ])
})
