import { Effect } from "effect"
import { sql } from "kysely"
import type { PreparedAppend } from "./PreparedAppend.ts"
import type { ExactAppend, RunStatement } from "./writeAppends.ts"

/** The last version of each of these payments; a payment without events is not in the map. */
export const lastVersions = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  payments: ReadonlyArray<string>,
) {
  if (payments.length === 0) return new Map<string, number>()
  const rows = yield* run("read versions", database =>
    database
      .selectFrom("event")
      .select(({ fn }) => ["payment_id", fn.max("version").as("version")])
      .where("merchant", "=", merchant)
      .where(sql<boolean>`payment_id = any(${payments}::text[])`)
      .groupBy("payment_id")
      .execute(),
  )
  return new Map(rows.map(row => [row.payment_id, row.version]))
})

/** The appends with numbers for what they expect: `NoStream` is 0, `Any` is what stands now. */
export const exactAppends = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  appends: ReadonlyArray<PreparedAppend>,
) {
  const unknown = appends.flatMap(({ payments }) => payments.filter(append => append.expected === "Any"))
  const versions = yield* lastVersions(run, merchant, [...new Set(unknown.map(append => append.payment))])
  return appends.map((prepared): ExactAppend => {
    const expected = prepared.payments.map(append => {
      if (append.expected === "NoStream") return [append.payment, 0] as const
      if (append.expected !== "Any") return [append.payment, append.expected] as const
      return [append.payment, versions.get(append.payment) ?? 0] as const
    })
    return { prepared, expected: new Map(expected) }
  })
})
