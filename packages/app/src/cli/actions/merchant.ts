import { Effect, Option } from "effect"
import { addMerchant, listMerchants, setMerchant } from "../../merchant/Merchant.ts"
import { printJson, printLine } from "../print.ts"
import { printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"

interface Settings {
  readonly timeZone: Option.Option<string>
  readonly referenceKeys: Option.Option<string>
}

interface Flags extends Settings {
  readonly merchant: string
}

export const merchantListAction = Effect.fn("merchant list")(function* ({ json }: { readonly json: boolean }) {
  const merchants = yield* withDatabase(listMerchants())
  if (json) for (const merchant of merchants) printJson(merchant)
  else {
    const rows = merchants.map(({ merchant, timeZone, referenceKeys }) => [
      merchant,
      timeZone,
      referenceKeys.join(", "),
    ])
    printTable(["merchant", "time zone", "order reference from"], rows)
  }
})

export const merchantAddAction = Effect.fn("merchant add")(function* ({ merchant, ...settings }: Flags) {
  yield* withDatabase(addMerchant(merchant, toSettings(settings)))
  printLine(`Added ${merchant}`)
})

export const merchantSetAction = Effect.fn("merchant set")(function* ({ merchant, ...settings }: Flags) {
  yield* withDatabase(setMerchant(merchant, toSettings(settings)))
  printLine(
    `Changed ${merchant}. Earlier deliveries keep their reading until: payfold inbox retranslate --merchant ${merchant}`,
  )
})

const toSettings = ({ timeZone, referenceKeys }: Settings) => ({
  ...(Option.isSome(timeZone) ? { timeZone: timeZone.value } : {}),
  ...(Option.isSome(referenceKeys) ? { referenceKeys: referenceKeys.value.split(",") } : {}),
})
