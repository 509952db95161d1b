import type { Mode } from "@payfold/domain"

/**
 * Live or test, from the object's own flag; where an old shape lacks it, from its id, which holds `_test_` in test mode.
 *
 * Source: Omise Source API, pattern of ids (read 2026-11-20).
 */
export function modeOf(livemode: boolean | undefined, id: string): Mode | undefined {
  if (livemode !== undefined) return livemode ? "live" : "test"
  if (/^[a-z]+_test_[0-9a-z]+$/.test(id)) return "test"
  return /^[a-z]+_[0-9a-z]+$/.test(id) ? "live" : undefined
}
