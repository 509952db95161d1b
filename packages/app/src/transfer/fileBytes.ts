import { createReadStream } from "node:fs"

/** The bytes of a file, opened when they are asked for: one that is not there fails the reader, not the process. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path)
}
