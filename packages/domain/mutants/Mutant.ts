/** One wrong line. It must be noticed: a mutant that lives shows a rule that no test holds. */
export interface Mutant {
  /** The source, from the root of the repository. */
  readonly file: string
  /** The exact text, which stands in the file once. */
  readonly text: string
  readonly replacement: string
  /** The test files, or folders of them, from the root, of which at least one must fail. */
  readonly killedBy: ReadonlyArray<string>
}

/** Mutants of one source, each a text and what it becomes, all killed by the same tests. */
export function mutantsOf(
  file: string,
  killedBy: ReadonlyArray<string>,
  changes: ReadonlyArray<readonly [text: string, replacement: string]>,
): ReadonlyArray<Mutant> {
  return changes.map(([text, replacement]) => ({ file, text, replacement, killedBy }))
}
