import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"

export const showCommand = Command.make(
  "show",
  {
    payment: Argument.String("payment-id").pipe(
      Argument.withDescription("<provider>:<charge id>, as `payments` lists it"),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/show.ts")).showAction),
).pipe(
  Command.withDescription(
    "Show what is known of one payment: how it stands, what its payer needs, and every fact with the delivery that taught it; what came late, contradicts or was withdrawn is marked.",
  ),
  Command.withExamples([
    { command: "payfold show omise:chrg_test_5readme0000000000001", description: "One payment's timeline" },
  ]),
)
