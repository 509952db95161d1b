import type { Mode } from "@payfold/domain"

/** `live_test` exists in an SDK and is explained nowhere: unknown, like any other word. */
export function modeOf(word: string | undefined): Mode | undefined {
  return word === "live" || word === "test" ? word : undefined
}
