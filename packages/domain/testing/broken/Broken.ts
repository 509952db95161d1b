/** An implementation that is wrong on purpose, and the law that must say so: a law that rejects nothing proves nothing. */
export interface Broken<Implementation> {
  /** What is wrong with it, as one would write it by mistake. */
  readonly mistake: string
  /** The name of the law that must reject it. */
  readonly rejectedBy: string
  readonly implementation: Implementation
}
