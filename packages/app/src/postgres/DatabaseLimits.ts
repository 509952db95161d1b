/** The bounds of one process' use of a PostgreSQL server. PGlite is in the process and has one connection: none of these apply. */
export interface DatabaseLimits {
  readonly connections: number
  readonly connectTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly idleInTransactionTimeoutMs: number
}

/** Ten connections: PostgreSQL allows 100 by default, so eight processes and a person with a console fit. */
export const defaultDatabaseLimits: DatabaseLimits = {
  connections: 10,
  connectTimeoutMs: 10_000,
  statementTimeoutMs: 30_000,
  idleInTransactionTimeoutMs: 60_000,
}
