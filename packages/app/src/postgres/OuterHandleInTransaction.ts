/** Thrown as a defect: the code asked the outer handle while it holds a transaction on the same database. */
export class OuterHandleInTransaction extends Error {
  override readonly name = "OuterHandleInTransaction"

  constructor(operation: string) {
    super(
      `${operation}: the outer database handle was used inside a transaction. Use the Transaction service: on PGlite this would ` +
        "wait for ever for the one connection, on PostgreSQL it would not see what the transaction wrote.",
    )
  }
}
