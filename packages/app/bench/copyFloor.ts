import pg from "pg"

/**
 * The least that any rebuild does: COPY the events out to this process, COPY as many rows in as the view has, into a table with the view's key and indexes.
 * Gives the seconds.
 */
export async function copyFloor(url: string, view: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const rows = await copyOut(client, `copy (select * from payfold.${view}) to stdout`)
    const table = await tableBehind(client, view)
    await client.query(`create table payfold.bench_floor (like payfold.${pg.escapeIdentifier(table)} including all)`)
    const beganMs = performance.now()
    await copyOut(client, "copy (select payment_id, position, recorded_at, data from payfold.event) to stdout", "drop")
    await copyIn(client, "copy payfold.bench_floor from stdin", rows)
    const seconds = (performance.now() - beganMs) / 1000
    await client.query("drop table payfold.bench_floor")
    return seconds
  } finally {
    await client.end()
  }
}

async function tableBehind(client: pg.Client, view: string): Promise<string> {
  const { rows } = await client.query<{ build: number }>(
    "select build from payfold.build where projection = $1 and state = 'live'",
    [view],
  )
  return `${view}__${rows[0]?.build}`
}

/** What node-postgres calls on a query of one's own, as far as COPY needs it. */
interface Connection {
  readonly query: (text: string) => void
  readonly sendCopyFromChunk: (chunk: Buffer) => void
  readonly endCopyFrom: () => void
}

/** A COPY as node-postgres lets one write it: without a dependency of its own. */
class Copy {
  readonly chunks: Array<Buffer> = []
  private readonly text: string
  private readonly input: ReadonlyArray<Buffer>
  private readonly keeps: boolean
  private readonly ended = Promise.withResolvers<void>()

  constructor(text: string, input: ReadonlyArray<Buffer>, keeps: boolean) {
    this.text = text
    this.input = input
    this.keeps = keeps
  }

  get done(): Promise<void> {
    return this.ended.promise
  }

  submit(connection: Connection): void {
    connection.query(this.text)
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    // The driver reuses its buffer.
    if (this.keeps) this.chunks.push(Buffer.from(chunk))
  }

  handleCopyInResponse(connection: Connection): void {
    for (const chunk of this.input) connection.sendCopyFromChunk(chunk)
    connection.endCopyFrom()
  }

  handleError(error: Error): void {
    this.ended.reject(error)
  }

  handleReadyForQuery(): void {
    this.ended.resolve()
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
}

async function copyOut(
  client: pg.Client,
  text: string,
  rows: "keep" | "drop" = "keep",
): Promise<ReadonlyArray<Buffer>> {
  const copy = new Copy(text, [], rows === "keep")
  await run(client, copy)
  return together(copy.chunks)
}

function copyIn(client: pg.Client, text: string, input: ReadonlyArray<Buffer>): Promise<void> {
  return run(client, new Copy(text, input, false))
}

function run(client: pg.Client, copy: Copy): Promise<void> {
  // The type of a query of one's own names only `submit`; the driver calls the rest where it is there.
  client.query(copy as unknown as pg.Submittable)
  return copy.done
}

/** Rows in chunks of about a megabyte: a message each would measure the messages. */
function together(rows: ReadonlyArray<Buffer>): ReadonlyArray<Buffer> {
  const chunks: Array<Buffer> = []
  let open: Array<Buffer> = []
  let bytes = 0
  for (const row of rows) {
    open.push(row)
    bytes += row.length
    if (bytes < 1_000_000) continue
    chunks.push(Buffer.concat(open))
    open = []
    bytes = 0
  }
  return [...chunks, Buffer.concat(open)]
}
