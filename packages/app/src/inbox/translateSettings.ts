import { DEFAULT_TRANSLATE_SETTINGS, type TranslateSettings } from "@payfold/domain"
import { Effect } from "effect"
import type { RunStatement } from "../log/writeAppends.ts"

/** The merchant's settings that translation depends on. */
export const translateSettings = Effect.fnUntraced(function* (run: RunStatement, merchant: string) {
  const row = yield* run("read settings", database =>
    database.selectFrom("merchant").select("reference_keys").where("merchant", "=", merchant).executeTakeFirst(),
  )
  return { referenceKeys: row?.reference_keys ?? DEFAULT_TRANSLATE_SETTINGS.referenceKeys } satisfies TranslateSettings
})
