import { createHash } from "node:crypto"

const MARK = "/* payfold:"

/**
 * The text of a statement that runs for every delivery or append. PostgreSQL parses it once a connection, and keeps its plan where one plan fits all; without,
 * both take longer than such a statement itself (measured). Its text must be constant, and what an index is chosen by must be written out in it: a
 * kept plan knows no parameters. The name shows in `pg_stat_activity`.
 */
export const hotStatement = (name: string, text: string): string => `${MARK} ${name} */ ${text}`

/** The text of a statement that would be hot, but whose plan must not be kept: PostgreSQL parses and plans it each time. */
export const plannedStatement = (name: string, text: string): string => `/* payfold, planned: ${name} */ ${text}`

/** The name to prepare a hot statement under; none for any other. The same name is always the same text, whatever version of Payfold prepared it. */
export function preparedName(text: string): string | undefined {
  if (!text.startsWith(MARK)) return undefined
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `payfold_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`
  names.set(text, name)
  return name
}

/** As many as there are hot statements. */
const names = new Map<string, string>()
