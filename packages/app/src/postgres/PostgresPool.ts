import type { PostgresPool } from "kysely"
import pg from "pg"
import { columnParsers } from "./columnParsers.ts"
import type { DatabaseLimits } from "./DatabaseLimits.ts"
import { preparedName } from "./hotStatement.ts"
import { PLAN_BY_INDEX } from "./planByIndex.ts"

/**
 * A bounded pool of PostgreSQL connections in which nothing waits for ever.
 *
 * The server enforces `statement_timeout`. A server that froze or is cut off cannot, so the client has its own, a little longer one.
 *
 * A connection that breaks emits `error`; without a listener that ends the process (node-postgres issues 1324, 2635, 3083, read
 * 2026-11-20). The query in flight is told by its own rejection, an idle connection is replaced by the pool.
 */
export const postgresPool = (connectionString: string, limits: DatabaseLimits): PostgresPool => {
  const preparing: Preparing = { isOn: true }
  const pool = new pg.Pool({
    connectionString,
    Client: MarkedClient,
    application_name: "payfold",
    max: limits.connections,
    connectionTimeoutMillis: limits.connectTimeoutMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: limits.statementTimeoutMs,
    query_timeout: limits.statementTimeoutMs + 1_000,
    idle_in_transaction_session_timeout: limits.idleInTransactionTimeoutMs,
    keepAlive: true,
    onConnect: client => {
      if (client instanceof MarkedClient) client.preparing = preparing
      return client.query(PLAN_BY_INDEX)
    },
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        columnParsers[oid] ?? pg.types.getTypeParser(oid, format),
    },
  })
  pool.on("error", () => undefined)
  pool.on("connect", client => client.on("error", () => undefined))
  return { connect: () => lend(pool), end: () => pool.end(), options: pool.options }
}

/** Lends a connection that is thrown away, not lent again, once it is known to be broken; `pg` would find out one query too late. */
const lend = async (pool: pg.Pool): Promise<pg.PoolClient> => {
  const client = await pool.connect()
  const release = client.release
  client.release = error => release(error || (client instanceof MarkedClient && client.isBroken))
  return client
}

/** Whether the connections of a pool prepare hot statements: until one is lost. */
interface Preparing {
  isOn: boolean
}

/**
 * Prepares hot statements, and knows whether it can be used again: not after a time-out, when the abandoned query is still on it, and not after a fatal
 * error.
 */
class MarkedClient extends pg.Client {
  isBroken = false
  preparing: Preparing = { isOn: false }

  // biome-ignore lint/suspicious/noExplicitAny: pg's query has nine overloads; this passes all of them through unchanged
  override query(...args: any[]): any {
    const [text, values] = args
    const name = this.preparing.isOn && typeof text === "string" ? preparedName(text) : undefined
    const answer = name === undefined ? this.send(args) : this.sendPrepared({ name, text, values })
    if (answer instanceof Promise) answer.catch(error => this.markAfter(error))
    return answer
  }

  private send(args: Array<unknown>): unknown {
    // All nine overloads at once.
    return (super.query as (...all: Array<unknown>) => unknown).apply(this, args)
  }

  /**
   * A pooler that lends connections by the transaction may lose statements, or lend a connection that has them. That is told before anything is carried out:
   * from then on nothing is prepared, and outside a transaction the caller notices nothing.
   */
  private async sendPrepared(query: pg.QueryConfig): Promise<unknown> {
    const isAlone = this.getTransactionStatus() !== "T"
    try {
      return await super.query(query)
    } catch (error) {
      if (!isLostStatement(error)) throw error
      this.preparing.isOn = false
      if (!isAlone) throw error
      return await super.query(query.text, query.values)
    }
  }

  /** An error without a severity is not the server's but the line's. */
  private markAfter(error: unknown): void {
    const severity = error instanceof pg.DatabaseError ? error.severity : "FATAL"
    if (severity === "FATAL" || severity === "PANIC") this.isBroken = true
  }
}

/** Source: PostgreSQL 18 manual, appendix A: invalid_sql_statement_name, duplicate_prepared_statement. */
const isLostStatement = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === "26000" || error.code === "42P05")
