import { Effect } from "effect"
import { rebuildsNeeded } from "../projection/rebuildsNeeded.ts"

/** Says on standard error which views stand still until they are rebuilt: the command's own work is done all the same. */
export const warnOfRebuilds = Effect.fnUntraced(function* (merchant: string, json: boolean) {
  for (const { message } of yield* rebuildsNeeded(merchant)) {
    process.stderr.write(json ? `${JSON.stringify({ warning: message })}\n` : `payfold: warning: ${message}\n`)
  }
})
