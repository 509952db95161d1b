import { expect, test } from "vitest"
import { durationFromText } from "../../src/cli/durationFlag.ts"

test.each([
  ["0h", 0],
  ["30m", 1_800_000],
  ["24h", 86_400_000],
  ["3d", 259_200_000],
  ["2w", 1_209_600_000],
  ["36525d", 36_525 * 86_400_000],
])("reads %s", (text, milliseconds) => {
  expect(durationFromText(text)).toBe(milliseconds)
})

test.each(["", "3", "d", "-3d", "3 d", "3D", "1.5h", "36526d", "9999999999999999999w", "3d4h", "٣d"])(
  "refuses %j",
  text => {
    expect(durationFromText(text)).toBeUndefined()
  },
)
