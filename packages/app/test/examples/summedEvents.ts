import { type Projection, type ProjectionTable, projection } from "@payfold/app"
import { Effect } from "effect"
import { sql } from "kysely"

interface RevenueTable {
  readonly merchant: string
  readonly currency: string
  readonly amount: string
}

const TABLE: ProjectionTable<"revenue", RevenueTable> = {
  name: "revenue",
  columns: {
    merchant: ["text", "not null"],
    currency: ["text", "not null"],
    amount: ["numeric", "not null"],
  },
  key: ["merchant", "currency"],
}

/** The mistake: events are reports, not movements of money. Two reports of one payment are counted twice. */
export const summedEvents: Projection = projection<{ readonly revenue: RevenueTable }>({
  name: "revenue",
  version: 1,
  tables: [TABLE],
  apply: Effect.fnUntraced(function* ({ merchant, changes, query, table }) {
    const paid = changes.flatMap(({ events }) => events.filter(event => event._tag === "PaymentPaid"))
    for (const { received } of paid) {
      if (received === undefined) continue
      yield* query("add up", database =>
        sql`insert into ${table("revenue")} as old values (${merchant.merchant}, ${received.currency}, ${received.amount})
          on conflict (merchant, currency) do update set amount = old.amount + excluded.amount`.execute(database),
      )
    }
  }),
})
