import { Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import {
  Anything,
  explained,
  required,
  tolerant,
  WireAmount,
  WireFlag,
  WireText,
  wireText,
} from "../../src/adapter/Adapter.ts"
import { explain } from "../../src/explain.ts"

const Charge = Schema.Struct({
  id: required(Schema.String, "the id of a charge"),
  amount: required(WireAmount, "an amount in minor units"),
  fee: Schema.optionalKey(explained(WireAmount, "a fee in minor units")),
  isPaid: WireFlag,
  isVoid: tolerant(Schema.Boolean),
  note: wireText("[HIDDEN]"),
  count: tolerant(Schema.Number),
  refunded: tolerant(WireAmount),
  source: tolerant(Schema.Struct({ type: WireText })),
  metadata: Anything,
})
const read = Schema.decodeUnknownResult(Charge)
const readNote = Schema.decodeUnknownSync(Schema.Struct({ note: tolerant(Schema.NullOr(Schema.String)) }))
const plain = { id: "c1", amount: 1 }

function refusalOf(input: unknown) {
  return explain(Result.getOrThrow(Result.flip(read(input))), input)
}

describe("a tolerant field", () => {
  it.each<[string, unknown, unknown]>([
    ["isPaid", false, false],
    ["isPaid", "yes", undefined],
    ["isPaid", 1, undefined],
    ["isVoid", true, true],
    ["isVoid", "true", undefined],
    ["note", "paid", "paid"],
    ["note", "", undefined],
    ["note", "[HIDDEN]", undefined],
    ["note", 7, undefined],
    ["count", 0, 0],
    ["count", "0", undefined],
    ["refunded", "150", 150],
    ["refunded", "1,500", undefined],
    ["refunded", null, undefined],
    ["refunded", undefined, undefined],
    ["source", { type: "konbini" }, { type: "konbini" }],
    ["source", { type: "" }, { type: undefined }],
    ["source", "konbini", undefined],
  ])("%s of %j is read as %j, and the rest all the same", (field, value, found) => {
    expect(Result.getOrThrow(read({ [field]: value, ...plain }))).toStrictEqual({ [field]: found, ...plain })
  })

  it("is unknown where it is null, also where null would be read", () => {
    expect(readNote({ note: null })).toStrictEqual({ note: undefined })
    expect(readNote({ note: "" })).toStrictEqual({ note: "" })
  })

  it("may be missing", () => {
    expect(Result.getOrThrow(read(plain))).toStrictEqual(plain)
  })
})

describe("a required field", () => {
  it.each<[unknown, string, string]>([
    [{ amount: 1 }, "nothing", "the id of a charge at id"],
    [{ amount: 1, id: 7 }, "a positive number", "the id of a charge at id"],
    [{ id: "c1" }, "nothing", "an amount in minor units at amount"],
    [{ id: "c1", amount: "1,500" }, "a text of 5 characters", "an amount in minor units at amount"],
  ])("of %j is refused in its own words", (input, found, expected) => {
    const said = refusalOf(input)
    expect(`${said.expected} at ${said.path}`).toBe(expected)
    expect(said.found).toBe(found)
  })

  it("is read where it is there", () => {
    expect(Result.getOrThrow(read({ id: "", amount: "7" }))).toEqual({ id: "", amount: 7 })
  })
})

describe("an explained field", () => {
  it("may be missing, and is refused in its own words where it is something else", () => {
    expect(Result.getOrThrow(read({ ...plain, fee: "3" }))).toEqual({ ...plain, fee: 3 })
    expect(refusalOf({ ...plain, fee: 0 })).toEqual({ path: "fee", expected: "a fee in minor units", found: "0" })
  })
})

describe("a field of anything", () => {
  it.each([null, "", 0, [{ a: 1 }], { deep: {} }])("is held as it is: %j", value => {
    expect(Result.getOrThrow(read({ ...plain, metadata: value }))).toEqual({ ...plain, metadata: value })
  })
})
