import { readdirSync, readFileSync } from "node:fs"

/** One line of the corpus: an event exactly as some release stored it. */
export interface StoredEvent {
  /** `v1/PaymentPaid.ndjson:2` */
  readonly place: string
  readonly schemaVersion: number
  readonly tag: string
  readonly text: string
}

/** Every event of the corpus, by schema version, case and line. */
export function storedEvents(): ReadonlyArray<StoredEvent> {
  return readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name: folder }) =>
      readdirSync(`${import.meta.dirname}/${folder}`).flatMap(file =>
        readFileSync(`${import.meta.dirname}/${folder}/${file}`, "utf8")
          .split("\n")
          .filter(text => text !== "")
          .map((text, index) => ({
            place: `${folder}/${file}:${index + 1}`,
            schemaVersion: Number(folder.slice(1)),
            tag: file.replace(".ndjson", ""),
            text,
          })),
      ),
    )
}
