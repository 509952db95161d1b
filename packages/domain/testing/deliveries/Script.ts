import fc from "fast-check"
import type { Snapshot, Story } from "./Story.ts"

/** What the network does to the deliveries of one snapshot. */
export interface Fate {
  readonly dropped: boolean
  /** Places by which it arrives late: 0 is on time. */
  readonly delay: number
  /** One more delivery of the same body for each, late by so many places. */
  readonly again: ReadonlyArray<number>
}

/** What the network may do to any provider's bodies. */
export const NETWORK_HABITS = ["dropped", "delayed", "reordered", "duplicated"] as const

/** A story and how its bodies arrived. Printed, it reads as what was sent and what came in. */
export class Script {
  readonly story: Story
  readonly fates: ReadonlyArray<Fate>
  /** Arrivals in their order, as indices of the story's snapshots. */
  readonly arrivals: ReadonlyArray<number>

  constructor(story: Story, fates: ReadonlyArray<Fate>) {
    this.story = story
    this.fates = fates
    this.arrivals = story.snapshots
      .flatMap((_, index) => {
        const fate = fates[index] ?? ON_TIME
        const late = [...(fate.dropped ? [] : [fate.delay]), ...fate.again]
        return late.map(places => ({ index, at: index + places }))
      })
      .sort((a, b) => a.at - b.at || a.index - b.index)
      .map(({ index }) => index)
  }

  /** What arrived, in its order, duplicates and all. */
  get delivered(): ReadonlyArray<Snapshot> {
    return this.arrivals.flatMap(index => this.story.snapshots[index] ?? [])
  }

  /** Habits of the network and of the provider that this script shows. */
  get habits(): ReadonlySet<string> {
    const habits = new Set(this.delivered.flatMap(snapshot => snapshot.habits))
    const distinct = new Set(this.arrivals)
    const fates = this.fates.slice(0, this.story.snapshots.length)
    if (distinct.size < this.story.snapshots.length) habits.add("dropped")
    if (distinct.size < this.arrivals.length) habits.add("duplicated")
    if (fates.some(fate => !fate.dropped && fate.delay > 0)) habits.add("delayed")
    if (this.arrivals.some((index, place) => index < (this.arrivals[place - 1] ?? 0))) habits.add("reordered")
    return habits
  }

  toString(): string {
    const { truth, snapshots } = this.story
    const sent = snapshots.map(
      (snapshot, index) => `  #${index + 1} ${snapshot.label}: ${JSON.stringify(snapshot.body)}`,
    )
    const arrived = this.arrivals.map(index => `#${index + 1}`).join(", ")
    return [
      `truth: ${JSON.stringify(truth)}`,
      "sent:",
      ...sent,
      `arrived: ${arrived === "" ? "nothing" : arrived}`,
    ].join("\n")
  }

  [fc.toStringMethod](): string {
    return `\n${this.toString()}\n`
  }
}

const ON_TIME: Fate = { dropped: false, delay: 0, again: [] }

const fates: fc.Arbitrary<Fate> = fc.record({
  dropped: fc.integer({ min: 0, max: 9 }).map(chance => chance === 9),
  delay: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) }),
  again: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.nat(4), { maxLength: 2 }) },
  ),
})

/** Scripts of the stories given. They shrink to a short story with every body on time, once. */
export function scripts(stories: fc.Arbitrary<Story>): fc.Arbitrary<Script> {
  return fc.tuple(stories, fc.array(fates, { maxLength: 9 })).map(([story, all]) => new Script(story, all))
}
