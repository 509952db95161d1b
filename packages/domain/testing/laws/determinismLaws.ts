import fc from "fast-check"
import { DEFAULT_TRANSLATE_SETTINGS } from "../../src/Translation.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import type { Translator } from "../deliveries/impliedBy.ts"
import { type Law, lawOf } from "../Law.ts"
import { stateText } from "../stateText.ts"
import { withoutClockOrChance } from "../withoutClockOrChance.ts"

/** Law 9: same body and settings, same events. */
export function determinismLaws(
  provider: Translator,
  { stories, settings = DEFAULT_TRANSLATE_SETTINGS }: Deliveries,
): ReadonlyArray<Law> {
  return [
    lawOf(
      "9 determinism: no clock, no chance, no memory",
      "A body translates alike before and after others, read anew, and where clock and chance cannot be read",
      fc.property(stories, ({ snapshots }) => {
        const translated = snapshots.map(({ body }) => stateText(provider.translate(body, settings)))
        const again = withoutClockOrChance(() =>
          snapshots
            .toReversed()
            .map(({ body }) => stateText(provider.translate(frozen(structuredClone(body)), settings)))
            .reverse(),
        )
        return translated.every((text, index) => text === again[index])
      }),
    ),
  ]
}

/** A body that cannot be written to: a translation that changes its input gives another answer the second time, or throws. */
function frozen(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value
  for (const item of Object.values(value)) frozen(item)
  return Object.freeze(value)
}
