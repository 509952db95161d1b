import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"
import { action } from "../action.ts"
import { PROVIDERS, UNKNOWN } from "../choices.ts"
import { dayFlag } from "../dayFlag.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { methodFlag } from "../methodFlag.ts"

export const totalsCommand = Command.make(
  "totals",
  {
    from: dayFlag("from", "The first day, in the merchant's time zone"),
    to: dayFlag("to", "The last day, which is counted too"),
    provider: Flag.Literals("provider", PROVIDERS).pipe(
      Flag.withDescription("Only money that came this way"),
      Flag.optional,
    ),
    method: methodFlag,
    currency: Flag.String("currency").pipe(
      Flag.withDescription("Only this currency, by its code: JPY; or unknown"),
      Flag.withMetavar("code"),
      Flag.filterMap(
        text =>
          text === UNKNOWN
            ? Option.some(text)
            : Option.liftPredicate(text.toUpperCase(), code => /^[A-Z]{3}$/.test(code)),
        text => `Expected a currency code such as JPY, or ${UNKNOWN}, found ${JSON.stringify(text)}`,
      ),
      Flag.optional,
    ),
    mode: Flag.Literals("mode", ["live", "test", UNKNOWN]).pipe(
      Flag.withDescription("Only live or only test money; the two are never added up"),
      Flag.optional,
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/totals.ts")).totalsAction),
).pipe(
  Command.withDescription(
    "What was received and given back, day by day in the merchant's time zone; a table a currency, test money apart. With --json the rows of the view, by provider and method too.",
  ),
  Command.withExamples([
    { command: "payfold totals --from 2026-06-01 --to 2026-06-30", description: "June, a line a day" },
    {
      command: "payfold totals --currency JPY --mode live --json",
      description: "For a script; amounts in minor units",
    },
  ]),
)
