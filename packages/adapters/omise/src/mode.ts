import type { Mode } from "@payfold/domain"

/** Live or test, from the object's own flag; where an old shape lacks it, from its id. */
export function modeOf(livemode: boolean | undefined, id: string): Mode | undefined {
  return livemode === undefined ? modeOfId(id) : livemode ? "live" : "test"
}

/** A sentence for people where flag and id say different modes; the flag stays the mode. */
export function modeDisagreement(livemode: boolean | undefined, id: string): string | undefined {
  const [told, byId] = [modeOf(livemode, id), modeOfId(id)]
  return byId === undefined || byId === told ? undefined : `livemode is ${livemode} and the id is one of ${byId} mode`
}

/**
 * Every id holds `_test_` in test mode, and none does in live mode.
 *
 * Source: Omise Source API, pattern of ids; recorded live and test objects, of which none says otherwise (read 2026-11-20).
 */
function modeOfId(id: string): Mode | undefined {
  if (/^[a-z]+_test_[0-9a-z]+$/.test(id)) return "test"
  return /^[a-z]+_[0-9a-z]+$/.test(id) ? "live" : undefined
}
