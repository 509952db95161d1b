import { setFlagsFromString } from "node:v8"

/**
 * What the command says to V8 before it opens a database. A rebuild goes through the whole log in pages of a few megabytes; left alone, V8 lets half a gigabyte of what
 * is done with lie before it clears up. This way the process stays below 300 MB at about the same speed (`pnpm bench growth`). Whoever calls the library
 * gives them to `node` where memory is short.
 */
export const MEMORY_FLAGS = ["--semi-space-growth-factor=1", "--heap-growing-percent=100"] as const

export function keepMemorySmall(): void {
  for (const flag of MEMORY_FLAGS) setFlagsFromString(flag)
}
