import { Schema } from "effect"

/** What is wrong with a file of an exported log, and in which line, from 1. Nothing of the file was stored. */
export class LogFileFault extends Schema.TaggedError<LogFileFault>()("LogFileFault", {
  line: Schema.Int,
  found: Schema.String,
  expected: Schema.String,
}) {
  override get message(): string {
    return `Line ${this.line} of the file: found ${this.found}, expected ${this.expected}`
  }

  get advice(): string {
    return "Nothing was stored. Export the log again, or take another copy of the file."
  }
}

/** The file cannot be opened or read. */
export class LogFileUnreadable extends Schema.TaggedError<LogFileUnreadable>()("LogFileUnreadable", {
  reason: Schema.String,
}) {
  override get message(): string {
    return `The file cannot be read: ${this.reason}`
  }

  get advice(): string {
    return "Nothing was stored."
  }
}

/** What reading a file can throw: a fault of the file, or one of the disk or the pipe. */
export function logFileFailure(thrown: unknown): LogFileFault | LogFileUnreadable {
  if (thrown instanceof LogFileFault) return thrown
  return new LogFileUnreadable({ reason: thrown instanceof Error ? thrown.message : String(thrown) })
}
