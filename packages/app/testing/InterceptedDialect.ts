import type {
  CompiledQuery,
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  DialectAdapter,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
  TransactionSettings,
} from "kysely"

/** A statement on its way to the database: its text, and `begin`, `commit`, `rollback`, `savepoint …` for what steers a transaction. */
export interface Statement {
  readonly sql: string
  readonly parameters: ReadonlyArray<unknown>
}

/** Decides what becomes of a statement: `send` carries it out, as it is or otherwise. */
export type Intercept = <A>(statement: Statement, send: (instead?: Statement) => Promise<A>) => Promise<A>

/** A dialect whose every statement passes through `intercept` on its way to the real database. Nothing is simulated. */
export class InterceptedDialect implements Dialect {
  private readonly inner: Dialect
  private readonly intercept: Intercept
  private driver: InterceptedDriver | undefined

  constructor(inner: Dialect, intercept: Intercept) {
    this.inner = inner
    this.intercept = intercept
  }

  createDriver(): Driver {
    this.driver = new InterceptedDriver(this.inner.createDriver(), this.intercept)
    return this.driver
  }

  /** What a database does for a client that is gone: rolls back the transactions it left open. PostgreSQL does it by itself. */
  async rollbackOpen(): Promise<void> {
    await this.driver?.rollbackOpen()
  }

  createQueryCompiler(): QueryCompiler {
    return this.inner.createQueryCompiler()
  }

  createAdapter(): DialectAdapter {
    return this.inner.createAdapter()
  }

  // biome-ignore lint/suspicious/noExplicitAny: the signature is Kysely's
  createIntrospector(database: Kysely<any>): DatabaseIntrospector {
    return this.inner.createIntrospector(database)
  }
}

class InterceptedDriver implements Driver {
  private readonly inner: Driver
  private readonly intercept: Intercept
  private readonly open = new Set<DatabaseConnection>()

  constructor(inner: Driver, intercept: Intercept) {
    this.inner = inner
    this.intercept = intercept
  }

  init(): Promise<void> {
    return this.inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new InterceptedConnection(await this.inner.acquireConnection(), this.intercept)
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.steer("begin", async () => {
      await this.inner.beginTransaction(real(connection), settings)
      this.open.add(real(connection))
    })
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.steer("commit", async () => {
      this.open.delete(real(connection))
      await this.inner.commitTransaction(real(connection))
    })
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.steer("rollback", async () => {
      this.open.delete(real(connection))
      await this.inner.rollbackTransaction(real(connection))
    })
  }

  async rollbackOpen(): Promise<void> {
    for (const connection of this.open) await this.inner.rollbackTransaction(connection)
    this.open.clear()
  }

  savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]): Promise<void> {
    return this.steer(`savepoint ${name}`, async () => this.inner.savepoint?.(real(connection), name, compile))
  }

  rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    return this.steer(`rollback to ${name}`, async () =>
      this.inner.rollbackToSavepoint?.(real(connection), name, compile),
    )
  }

  releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    return this.steer(`release ${name}`, async () => this.inner.releaseSavepoint?.(real(connection), name, compile))
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.inner.releaseConnection(real(connection))
  }

  destroy(): Promise<void> {
    return this.inner.destroy()
  }

  private steer(sql: string, run: () => Promise<void>): Promise<void> {
    return this.intercept({ sql, parameters: [] }, run)
  }
}

class InterceptedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  private readonly intercept: Intercept

  constructor(inner: DatabaseConnection, intercept: Intercept) {
    this.inner = inner
    this.intercept = intercept
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.intercept<QueryResult<R>>(query, instead => this.inner.executeQuery<R>({ ...query, ...instead }))
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize)
  }
}

const real = (connection: DatabaseConnection): DatabaseConnection =>
  connection instanceof InterceptedConnection ? connection.inner : connection
