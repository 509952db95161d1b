import { Context } from "effect"

/** The bounds of one transaction of a projector, and of a rebuild. */
export interface ProjectorLimits {
  /** With 12,000 instead of 6,000 a rebuild is a twentieth faster and its process some 25 MB larger (measured in turns). */
  readonly events: number
  /** Of the events' data, in UTF-8. The first event is always taken, however large. */
  readonly bytes: number
  /** A projector that does nothing for so long inside its transaction is cut off by the server, and another takes its place. */
  readonly frozenAfterMs: number
}

export const ProjectorLimits = Context.Reference<ProjectorLimits>("@payfold/app/projection/ProjectorLimits", {
  defaultValue: () => ({ events: 12_000, bytes: 8 * 1024 * 1024, frozenAfterMs: 15_000 }),
})
