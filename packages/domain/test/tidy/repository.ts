import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"

/** A text file of the repository, its path from the root with forward slashes. */
export interface RepositoryFile {
  readonly path: string
  readonly text: string
}

const root = `${import.meta.dirname}/../../../..`
const BINARY = /\.(png|jpe?g|gif|ico|pdf|gz|zip|woff2?)$/

/** Every text file that is in the repository or about to be: tracked, or new and not ignored. */
export const repositoryFiles: ReadonlyArray<RepositoryFile> = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "-z"],
  { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
)
  .split("\0")
  // A file that was just deleted is still listed.
  .filter(path => path !== "" && !BINARY.test(path) && existsSync(`${root}/${path}`))
  .map(path => ({ path, text: readFileSync(`${root}/${path}`, "utf8") }))

/** TypeScript sources, tests among them. */
export const sources = repositoryFiles.filter(({ path }) => path.endsWith(".ts"))

/** Places where a pattern occurs, as `path:line`, for a person to open. */
export function placesOf(pattern: RegExp, files: ReadonlyArray<RepositoryFile>): ReadonlyArray<string> {
  return files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  )
}

/** What a source imports or exports from, as written. */
export function importsOf({ text }: RepositoryFile): ReadonlyArray<string> {
  const statement = /^(?:import|export)\s+(?:[\w$*{}\s,]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm
  return [...text.matchAll(statement)].flatMap(([, named, dynamic]) => named ?? dynamic ?? [])
}

/** The file with its comments and texts emptied, line by line, for rules about code. */
export function codeOf({ path, text }: RepositoryFile): RepositoryFile {
  const commentOrText = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g
  const emptied = text.replaceAll(commentOrText, found => {
    const quote = /^["'`]/.exec(found)?.[0] ?? ""
    return `${quote}${found.replaceAll(/[^\n]/g, "")}${quote}`
  })
  return { path, text: emptied }
}

/** Is the file below the folder? */
export function isBelow(folder: string): (file: RepositoryFile) => boolean {
  return ({ path }) => path.startsWith(`${folder}/`)
}
