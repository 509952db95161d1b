import { setFlagsFromString } from "node:v8"

/**
 * What the command says to V8 before it opens a database. A rebuild goes through the whole log in pages of a few megabytes; left alone, V8 lets half a gigabyte of what
 * is done with lie before it clears up. With this the process stays below 300 MB, a tenth slower (`pnpm bench growth`). A process of one's own that
 * is short of memory says the same: `v8.setFlagsFromString`, not on the command line, where they keep more.
 */
const MEMORY_FLAGS = ["--semi-space-growth-factor=1", "--heap-growing-percent=60"] as const

export function keepMemorySmall(): void {
  for (const flag of MEMORY_FLAGS) setFlagsFromString(flag)
}
