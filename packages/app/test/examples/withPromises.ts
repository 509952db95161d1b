import { openPayfold } from "@payfold/app"

/** The same for a service that does not use Effect. */
export async function withPromises(body: Uint8Array) {
  const payfold = await openPayfold({ databaseUrl: "memory:" })
  try {
    const [outcome] = await payfold.ingest("omise", [body])
    const id = outcome?.events[0]?.payment
    const payment = id === undefined ? undefined : await payfold.payment(id)
    const rows = await payfold.query(database => database.selectFrom("payments").selectAll().execute())
    const verified = await payfold.verify()
    return { payment, rows, verified: verified._tag }
  } finally {
    await payfold.close()
  }
}
