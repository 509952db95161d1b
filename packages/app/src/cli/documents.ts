import { createReadStream, statSync } from "node:fs"
import { Schema, Stream } from "effect"
import { linesOf } from "../transfer/linesOf.ts"

/** An input that cannot be opened or read. */
export class InputUnreadable extends Schema.TaggedError<InputUnreadable>()("InputUnreadable", {
  input: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `${this.input} cannot be read: ${this.reason}`
  }

  get advice(): string {
    return "What came before it is kept, and the same again records nothing twice. Mend the input and run the same command again."
  }
}

/** One body of an input: the bytes as they stand there, and where. */
export interface Document {
  readonly bytes: Uint8Array
  /** The input's name, and the line where the input is NDJSON. */
  readonly source: string
}

/** A document that is not NDJSON is held whole, so it must end somewhere. */
const MAXIMUM_DOCUMENT_BYTES = 64 * 1024 * 1024

/**
 * The bodies of an input, `-` for standard input: one JSON document, or NDJSON with a body a line. NDJSON streams, however long; it is told by a line
 * that is a JSON object by itself. What is neither is one body, so that nothing of it is lost.
 */
export function documents(input: string): Stream.Stream<Document, InputUnreadable> {
  return Stream.fromAsyncIterable(bodiesOf(input), thrown => {
    if (thrown instanceof InputUnreadable) return thrown
    return new InputUnreadable({ input, reason: thrown instanceof Error ? thrown.message : String(thrown) })
  })
}

/** Every body of several inputs, in order. */
export function allDocuments(inputs: ReadonlyArray<string>): Stream.Stream<Document, InputUnreadable> {
  return Stream.flatMap(Stream.fromIterable(inputs.length === 0 ? ["-"] : inputs), documents)
}

/** How many bytes the inputs are together; unknown where one of them is no file, or not there. */
export function bytesOf(inputs: ReadonlyArray<string>): number | undefined {
  if (inputs.length === 0) return undefined
  let total = 0
  for (const input of inputs) {
    const file = input === "-" ? undefined : statSync(input, { throwIfNoEntry: false })
    if (file?.isFile() !== true) return undefined
    total += file.size
  }
  return total
}

async function* bodiesOf(input: string): AsyncGenerator<Document> {
  const name = input === "-" ? "stdin" : input
  const chunks: AsyncIterable<Buffer> = input === "-" ? process.stdin : createReadStream(input)
  const held: Array<Buffer> = []
  let heldBytes = 0
  let number = 0
  let isLines = false
  for await (const line of linesOf(chunks)) {
    number += 1
    if (isLines) {
      if (!isBlank(line)) yield { bytes: line, source: `${name}:${number}` }
      continue
    }
    if (heldBytes === 0 && isObject(line)) {
      isLines = true
      yield { bytes: withoutLineEnd(line), source: `${name}:${number}` }
      continue
    }
    if (isBlank(line) && heldBytes === 0) continue
    held.push(line)
    heldBytes += line.length
    if (heldBytes > MAXIMUM_DOCUMENT_BYTES) {
      throw new InputUnreadable({ input: name, reason: `not NDJSON, and longer than ${MAXIMUM_DOCUMENT_BYTES} bytes` })
    }
  }
  if (!isLines) yield* heldBodies(name, held)
}

function* heldBodies(name: string, lines: ReadonlyArray<Buffer>): Generator<Document> {
  const whole = Buffer.concat(lines)
  if (!parses(whole) && lines.some(isObject)) {
    for (const [index, line] of lines.entries()) {
      if (!isBlank(line)) yield { bytes: withoutLineEnd(line), source: `${name}:${index + 1}` }
    }
    return
  }
  yield { bytes: whole, source: name }
}

function withoutLineEnd(line: Buffer): Buffer {
  return line.subarray(0, line.length - (line.at(-1) !== 10 ? 0 : line.at(-2) === 13 ? 2 : 1))
}

function isBlank(line: Buffer): boolean {
  return line.toString("latin1").trim() === ""
}

function parses(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString())
    return true
  } catch {
    return false
  }
}

function isObject(line: Buffer): boolean {
  return (
    line.toString("latin1", 0, 64).trimStart().startsWith("{") &&
    parses(line) &&
    !/^\s*\{\s*\}\s*$/.test(line.toString())
  )
}
