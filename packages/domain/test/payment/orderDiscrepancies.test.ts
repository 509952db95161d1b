import { type Attempt, orderDiscrepancies } from "@payfold/domain"
import { describe, expect, it } from "vitest"

const attempt = (id: string, changes: Partial<Attempt["payment"]> = {}): Attempt => ({
  id,
  payment: { status: "paid", mode: "live", orderReference: "A-1", ...changes },
})

describe("the attempts to pay an order", () => {
  it("are paid twice where two of them hold money", () => {
    expect(
      orderDiscrepancies([attempt("omise:b"), attempt("omise:c", { status: "expired" }), attempt("omise:a")]),
    ).toEqual([
      {
        code: "order-paid-twice",
        message: "Order A-1 was paid 2 times: omise:a, omise:b",
        facts: { order: "A-1", payments: ["omise:a", "omise:b"] },
      },
    ])
  })

  it.each([
    ["there is none", []],
    ["one holds money", [attempt("a"), attempt("b", { status: "failed" }), attempt("c", { status: "awaiting" })]],
    ["all but one went back whole", [attempt("a"), attempt("b", { status: "refunded" })]],
    ["they are of different orders", [attempt("a"), attempt("b", { orderReference: "A-2" })]],
    ["one is test money", [attempt("a"), attempt("b", { mode: "test" })]],
  ])("fit together where %s", (_, attempts) => {
    expect(orderDiscrepancies(attempts)).toEqual([])
  })

  it("do not fit together for lack of a reference", () => {
    const without: Attempt = { id: "a", payment: { status: "paid", mode: "live" } }
    expect(orderDiscrepancies([without, { ...without, id: "b" }])).toEqual([])
  })
})
