import type { Intercept } from "../InterceptedDialect.ts"

/** The product with one statement of the log spoiled, for the laws to reject. Says aloud when there was nothing to spoil. */
const spoiling = (isMeant: (sql: string) => boolean, spoil: (sql: string) => string): Intercept => {
  return (statement, send) => {
    if (!isMeant(statement.sql)) return send()
    const sql = spoil(statement.sql)
    if (sql === statement.sql)
      throw new Error("the statement to spoil has changed: teach the broken store its new text")
    return send({ sql, parameters: statement.parameters })
  }
}

const isAppend = (sql: string): boolean => /^.{0,30}with (drainer as [^)]*\), )?head as \(\s*update/.test(sql)

/** Broken: never looks whether the version that the writer says it saw exists. */
export const acceptsHoles = spoiling(isAppend, sql =>
  sql.replace(/where stored\.merchant = \$1::text and[^)]*/, "where stored.merchant = $1::text\n"),
)

/** Broken: a version that is taken is passed over in silence. */
export const swallowsConflicts = spoiling(isAppend, sql =>
  sql.replace("returning 1", "on conflict on constraint event_version_taken do nothing returning 1"),
)

/** Broken: counts what it was asked to write, not what was written; no counter row is no error. */
export const countsRequests: Intercept = async (statement, send) => {
  const answer = await send()
  const isEmpty =
    isAppend(statement.sql) &&
    typeof answer === "object" &&
    answer !== null &&
    "rows" in answer &&
    Array.isArray(answer.rows) &&
    answer.rows.length === 0
  if (isEmpty) Object.assign(answer, { rows: [{ base: 0, written: statement.parameters[1] }] })
  return answer
}

/** Broken: a drainer that marks its deliveries in a transaction of their own, before it appends what they teach. */
export const marksFirst: Intercept = async (statement, send) => {
  const answer = await send()
  if (/mark deliveries \*\/\s+update payfold\.delivery/.test(statement.sql)) {
    await send({ sql: "commit", parameters: [] })
    await send({ sql: "begin", parameters: [] })
  }
  return answer
}
