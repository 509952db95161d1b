import { describe, expect, test } from "vitest"
import { createTable } from "../../src/projection/createTable.ts"

const TABLE = { name: "board", columns: { merchant: ["text", "not null"] }, key: ["merchant"] } as const

describe("a projection's table", () => {
  test.each(["text[]", "integer array", "varchar(10)", "numeric(10, 2)", "char"])("has no column that is %s", type => {
    const columns = { ...TABLE.columns, said: [type] } as const
    expect(() => createTable({ ...TABLE, columns }, 1)).toThrow(`a column cannot be ${type} (said)`)
  })

  test("is made with an index for `apply`, and without those for readers", () => {
    const indexes = () => []
    expect(createTable({ ...TABLE, indexes }, 1)).toHaveLength(1)
  })
})
