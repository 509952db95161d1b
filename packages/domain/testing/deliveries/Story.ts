import type { Truth } from "./Truth.ts"

/** One body that a provider sends of a payment. */
export interface Snapshot {
  /** For people, in the provider's words: `charge.complete, successful`. */
  readonly label: string
  /**
   * The provider's objects whose state this body shows, by any name that is the same in every body of the story: `["charge"]`,
   * `["charge", "token"]`, `["refund rfnd_1"]`. The last body that shows an object is the last word on it.
   */
  readonly objects: readonly [string, ...ReadonlyArray<string>]
  /** Parsed JSON, as `translate` gets it. */
  readonly body: unknown
  /** True where the body tells the payer's instructions, or whatever else the final status rests on and a final body no longer says. */
  readonly instructs: boolean
  /** The provider's habits that this body shows: `shape of 2017`, `envelope without a time`. The generator declares them. */
  readonly habits: ReadonlyArray<string>
}

/** A payment's truth together with every body the provider has for it, oldest first: its webhooks and its API's answers. */
export interface Story {
  readonly truth: Truth
  readonly snapshots: readonly [Snapshot, ...ReadonlyArray<Snapshot>]
}

/** The bodies that hold the last word on each object: whoever has these knows how the payment ended. */
export function lastWords(story: Story): ReadonlySet<Snapshot> {
  const last = new Map<string, Snapshot>()
  for (const snapshot of story.snapshots) for (const object of snapshot.objects) last.set(object, snapshot)
  return new Set(last.values())
}
