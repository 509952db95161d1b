import pg from "pg"
import { appendStatement } from "../../src/log/appendStatement.ts"
import type { Chance } from "./Chance.ts"

/** The text of one append, made from the product's. */
export type Text = (sql: string) => string

/**
 * Broken: takes the keys before the counter, so that two writers can each hold what the other waits for. A millisecond for each key, so that they
 * surely meet.
 */
export const keysFirst: Text = sql => {
  const keyed = `keyed as (
    insert into payfold.append_key (merchant, key, request_hash, first_position, last_position)
    select $1::text, new.key, decode(new.request_hash, 'hex'), new.first, new.last
    from unnest($16::text[], $17::text[], $18::bigint[], $19::bigint[]) as new(key, request_hash, first, last),
      pg_sleep(0.001 + 0 * new.first)
    returning 1
  )`
  return sql
    .replace(/, keyed as \([\s\S]*?\n\)/, "")
    .replace("with head as (", `with ${keyed}, head as (`)
    .replace("where merchant = $1::text and", "where (select count(*) from keyed) >= 0 and merchant = $1::text and")
}

/**
 * *No deadlock*: 8 merchants × 8 writers, each statement with keys that its rivals want too, in an order of its own. A key that is taken is
 * refused; that the server has to break a deadlock must never happen. Returns how often it did.
 */
export const deadlocks = async (
  url: string,
  merchants: ReadonlyArray<string>,
  rounds: number,
  chance: Chance,
  text: Text,
) => {
  const writers = await Promise.all(
    merchants.flatMap(merchant =>
      Array.from({ length: 8 }, async () => {
        const client = new pg.Client({ connectionString: url, options: "-c deadlock_timeout=20ms" })
        await client.connect()
        return { merchant, client }
      }),
    ),
  )
  let found = 0
  try {
    for (let round = 0; round < rounds; round++) {
      const attempts = writers.map(async ({ merchant, client }, writer) => {
        const names = chance.shuffled(Array.from({ length: 200 }, (_, index) => `${round}.${index}`)).slice(0, 100)
        const events = names.map((name, index) => eventOf(`${round}.${writer}.${name}`, index))
        const keys = names.map((name, index) => ({
          name,
          requestHash: "00".repeat(32),
          first: index + 1,
          last: index + 1,
        }))
        const { sql, parameters } = appendStatement({ merchant, nowMs: Date.now(), events, standing: [], keys })
        await client.query(text(sql), [...parameters]).catch(thrown => {
          if (thrown.code === "40P01") found += 1
          else if (thrown.code !== "23505") throw thrown
        })
      })
      await Promise.all(attempts)
    }
  } finally {
    for (const { client } of writers) await client.end()
  }
  return found
}

const eventOf = (name: string, index: number) => ({
  payment: `omise:${name}`,
  version: 1,
  type: "PaymentCreated",
  schemaVersion: 1,
  adapter: "omise",
  adapterVersion: 1,
  deliveryId: null,
  correlation: null,
  data: JSON.stringify({ index }),
})
