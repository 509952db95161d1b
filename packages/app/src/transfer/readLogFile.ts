import { createHash } from "node:crypto"
import { explain, kindOf } from "@payfold/domain"
import { Result, Schema, Struct } from "effect"
import { type LineOf, LOG_FILE_FORMAT, LOG_FILE_VERSION, LogFileLine } from "./LogFile.ts"
import { LogFileFault } from "./LogFileFault.ts"
import { linesOf } from "./linesOf.ts"

/** Lines of one kind that follow each other; `firstLine` is the number of the first, from 1. */
export type LineBatch = {
  readonly [Tag in LogFileLine["_tag"]]: {
    readonly tag: Tag
    readonly firstLine: number
    readonly lines: ReadonlyArray<LineOf<Tag>>
  }
}[LogFileLine["_tag"]]

/** What one batch may hold; one line is always in it, however large. */
const BATCH = { lines: 1_000, bytes: 4 * 1024 * 1024 } as const
/** Two of the largest bodies in base64: no line of ours is longer, and the memory of one that never ends would not suffice. */
const MAXIMUM_LINE_BYTES = 64 * 1024 * 1024

/**
 * Reads the file of an exported log, batch by batch, in the memory of one batch, and throws a `LogFileFault` at the first line that cannot be: what is
 * not a line of ours, in another order, a position left out, an end that does not count and seal what came before it, or none.
 *
 * Whether events and chain are right is for the reader to say: `importLog`.
 */
export async function* readLogFile(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBatch> {
  const order = new LineOrder()
  let batch: Array<LogFileLine> = []
  let batchBytes = 0
  let number = 0
  for await (const bytes of boundedLines(chunks)) {
    number += 1
    const line = lineFrom(bytes, number)
    const [first] = batch
    const isFull = batch.length >= BATCH.lines || batchBytes >= BATCH.bytes
    if (first !== undefined && (isFull || first._tag !== line._tag)) {
      // Before this line is judged: what the reader finds wrong with earlier ones comes first.
      yield batchOf(batch, number - batch.length)
      batch = []
      batchBytes = 0
    }
    order.step(line, number, bytes)
    batch.push(line)
    batchBytes += bytes.length
  }
  order.finish(number)
  yield batchOf(batch, number - batch.length + 1)
}

/** All lines of a batch have the tag of the first. */
function batchOf(lines: ReadonlyArray<LogFileLine>, firstLine: number): LineBatch {
  return { tag: lines[0]?._tag, firstLine, lines } as LineBatch
}

async function* boundedLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let sinceLineEnd = 0
  let ended = 0
  const bounded = async function* () {
    for await (const chunk of chunks) {
      const lastEnd = chunk.lastIndexOf(10)
      sinceLineEnd = lastEnd === -1 ? sinceLineEnd + chunk.length : chunk.length - lastEnd - 1
      if (sinceLineEnd > MAXIMUM_LINE_BYTES) {
        const expected = `at most ${MAXIMUM_LINE_BYTES} bytes`
        throw new LogFileFault({ line: ended + 1, found: "a line that is longer", expected })
      }
      yield chunk
    }
  }
  for await (const line of linesOf(bounded())) {
    ended += 1
    yield line
  }
}

const decode = Schema.decodeUnknownResult(LogFileLine)
const TAGS = Struct.keys(LogFileLine.cases)

function lineFrom(bytes: Buffer, number: number): LogFileLine {
  const fault = (found: string, expected: string) => new LogFileFault({ line: number, found, expected })
  const expected = number === 1 ? `the first line of a ${LOG_FILE_FORMAT} file` : `a line of a ${LOG_FILE_FORMAT} file`
  const parsed = Result.try((): unknown => JSON.parse(utf8.decode(bytes)))
  if (Result.isFailure(parsed)) {
    throw fault(bytes.at(-1) === 10 ? "what is not JSON" : "the end of the file within the line", expected)
  }
  const { success: value } = parsed
  if (typeof value !== "object" || value === null || !("_tag" in value)) throw fault(kindOf(value), expected)
  const tag = TAGS.find(known => known === value._tag)
  if (tag === undefined) throw fault("a line of another kind", expected)
  if (tag === "Log" && "version" in value && typeof value.version === "number" && value.version > LOG_FILE_VERSION) {
    throw fault(`version ${value.version} of the format`, `at most ${LOG_FILE_VERSION}: a newer Payfold wrote it`)
  }
  const line = decode(value)
  if (Result.isSuccess(line)) return line.success
  // Asked of the line's own case: what the others expect says nothing.
  const own = Schema.decodeUnknownResult(LogFileLine.cases[tag] as Schema.Codec<unknown>)(value)
  const { path, found, expected: wanted } = explain(Result.isFailure(own) ? own.failure : line.failure, value)
  throw fault(`${found} at ${path}`, wanted)
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** What must follow what, and what the last line must say of the others. */
class LineOrder {
  private readonly sealed = createHash("sha256")
  private readonly counts = { Log: 0, Event: 0, Delivery: 0, AppendKey: 0, End: 0 }
  private log: LineOf<"Log"> | undefined
  private last: LogFileLine | undefined
  private lastDelivery = 0

  step(line: LogFileLine, number: number, bytes: Buffer): void {
    const fault = (found: string, expected: string) => new LogFileFault({ line: number, found, expected })
    if (number === 1 && line._tag !== "Log") throw fault(`a line ${line._tag}`, "the line Log")
    const before = this.last?._tag
    if (before === "End") throw fault("another line", "the end of the file")
    if (before !== undefined && (line._tag === "Log" || TAGS.indexOf(line._tag) < TAGS.indexOf(before))) {
      throw fault(`a line ${line._tag}`, `none of them after a line ${before}`)
    }
    this.last = line
    const head = this.log?.head.position ?? 0
    switch (line._tag) {
      case "Log":
        this.log = line
        break
      case "Event":
        if (line.position !== this.counts.Event + 1 || line.position > head) {
          const expected =
            this.counts.Event < head ? `position ${this.counts.Event + 1}` : `no event after the head at ${head}`
          throw fault(`position ${line.position}`, expected)
        }
        break
      case "Delivery":
        this.expectAllEvents(number)
        if (line.deliveryId <= this.lastDelivery) {
          throw fault(`delivery ${line.deliveryId}`, `one after delivery ${this.lastDelivery}`)
        }
        if (line.deliveryId > (this.log?.lastDelivery ?? 0)) {
          throw fault(`delivery ${line.deliveryId}`, `none after the last one, ${this.log?.lastDelivery ?? 0}`)
        }
        this.lastDelivery = line.deliveryId
        break
      case "AppendKey":
        this.expectAllEvents(number)
        break
      case "End":
        this.expectAllEvents(number)
        this.expectSeal(line, number)
    }
    this.counts[line._tag] += 1
    if (line._tag !== "End") this.sealed.update(bytes)
  }

  finish(number: number): void {
    if (this.last?._tag === "End") return
    const expected = number === 0 ? `the first line of a ${LOG_FILE_FORMAT} file` : "a line End, which closes the file"
    throw new LogFileFault({ line: number + 1, found: "the end of the file", expected })
  }

  private expectAllEvents(line: number): void {
    const head = this.log?.head.position ?? 0
    if (this.counts.Event === head) return
    const found = `${this.counts.Event} events`
    throw new LogFileFault({ line, found, expected: `the ${head} that the first line names` })
  }

  private expectSeal(end: LineOf<"End">, line: number): void {
    const { Event: events, Delivery: deliveries, AppendKey: appendKeys } = this.counts
    const found = { events, deliveries, appendKeys, sha256: this.sealed.digest("hex") }
    for (const field of ["events", "deliveries", "appendKeys", "sha256"] as const) {
      if (found[field] === end[field]) continue
      throw new LogFileFault({ line, found: `${field} ${found[field]} before it`, expected: `${end[field]}` })
    }
  }
}
