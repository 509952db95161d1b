import { expect, test } from "vitest"
import { displayWidth, printable, table } from "../../src/cli/table.ts"

test("puts amounts at the right and leaves out columns with nothing in them", () => {
  expect(
    table(
      ["payment", { right: "received" }, "empty", "method"],
      [
        ["a", "¥1,500", "", "card"],
        ["bb", "¥900", "", ""],
      ],
    ).split("\n"),
  ).toEqual(["payment  received  method", "a          ¥1,500  card", "bb           ¥900"])
})

test("counts two columns for kana, kanji and pictures, none for colours and accents", () => {
  expect(displayWidth("セブン")).toBe(6)
  expect(displayWidth("銀行a")).toBe(5)
  expect(displayWidth("\u001b[31mred\u001b[39m")).toBe(3)
  expect(displayWidth("e\u0301")).toBe(1)
})

test("prints text from outside without what drives a terminal or turns the line around", () => {
  expect(printable("a\u001b[2Jb\u009bc\nd\te\u202ef\u2066g")).toBe("a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg")
  expect(printable("ヤマダ é 1,500")).toBe("ヤマダ é 1,500")
})
