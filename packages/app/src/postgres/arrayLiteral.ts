/** What JSON escapes by a letter, which an array of PostgreSQL would read as that letter; or a backslash before such a letter, which is none of it. */
const ESCAPED_BY_LETTER = /\\[bfnrtu]/

/**
 * An array as PostgreSQL reads it, for a parameter. JSON quotes and escapes as it does, but for control characters; arrays that seem to hold one are left to the
 * driver, which goes through each text twice (measured: see docs/performance.md).
 *
 * Source: PostgreSQL 18 manual, 8.15.6, array input and output syntax (read 2026-11-21).
 */
export function arrayLiteral(
  values: ReadonlyArray<string | number | null>,
): string | ReadonlyArray<string | number | null> {
  const json = JSON.stringify(values)
  return ESCAPED_BY_LETTER.test(json) ? values : `{${json.slice(1, -1)}}`
}
