import { Predicate } from "effect"
import { DatabaseFailure } from "./DatabaseFailure.ts"

/**
 * What a driver threw, as a failure; undefined when it is no failure of the database but a mistake in our own code, which the caller
 * must let through as a defect.
 */
export const databaseFailureFrom = (operation: string, thrown: unknown): DatabaseFailure | undefined => {
  if (thrown instanceof DatabaseFailure) return thrown
  if (isOurMistake(thrown)) return undefined
  const code = textProperty(thrown, "code")
  const sqlState = code !== null && /^[0-9A-Z]{5}$/.test(code) ? code : null
  const reason = reasonOf(thrown)
  return new DatabaseFailure({
    operation,
    sqlState,
    constraint: textProperty(thrown, "constraint"),
    reason,
    retryable: sqlState === null ? isLostConnection(code, reason) : isRetryableState(sqlState),
  })
}

/** The classes the JavaScript engine throws for broken code. A driver reports the world with plain `Error`s and its own classes. */
const isOurMistake = (thrown: unknown): boolean =>
  thrown instanceof TypeError ||
  thrown instanceof ReferenceError ||
  thrown instanceof SyntaxError ||
  thrown instanceof RangeError

/** Several addresses refused at once come as an AggregateError without a message of its own. */
const reasonOf = (thrown: unknown): string => {
  if (thrown instanceof AggregateError && thrown.message === "") return thrown.errors.map(reasonOf).join("; ")
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/**
 * Class 08 connection, 40 serialization and deadlock, 53 resources, 57P the server is going down or starting, 55P03, 25P03 and 57014 a time-out, 26000 and 42P05 a
 * prepared statement that a pooler lost, after which none is prepared.
 *
 * Source: PostgreSQL 18 manual, appendix A, error codes.
 */
const isRetryableState = (sqlState: string): boolean =>
  /^(08|40|53|57P)/.test(sqlState) || ["55P03", "57014", "25P03", "26000", "42P05"].includes(sqlState)

/** `pg` has no codes for its own connection errors; these are its words in 8.23 (client.js, pg-pool/index.js). */
const isLostConnection = (code: string | null, reason: string): boolean =>
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)/.test(code ?? "") ||
  /Connection terminated|connection error|Query read timeout|timeout exceeded|connection has been discarded|not queryable/i.test(
    reason,
  )

const textProperty = (thrown: unknown, name: string): string | null => {
  if (!Predicate.hasProperty(thrown, name)) return null
  const value = thrown[name]
  return Predicate.isString(value) ? value : null
}
