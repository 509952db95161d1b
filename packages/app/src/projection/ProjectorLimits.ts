import { Context } from "effect"

/** The bounds of one transaction of a projector, and of a rebuild. */
export interface ProjectorLimits {
  readonly events: number
  /** Of the events' data, in UTF-8. The first event is always taken, however large. */
  readonly bytes: number
  /** A projector that does nothing for so long inside its transaction is cut off by the server, and another takes its place. */
  readonly frozenAfterMs: number
}

export const ProjectorLimits = Context.Reference<ProjectorLimits>("@payfold/app/projection/ProjectorLimits", {
  defaultValue: () => ({ events: 3_000, bytes: 4 * 1024 * 1024, frozenAfterMs: 15_000 }),
})
