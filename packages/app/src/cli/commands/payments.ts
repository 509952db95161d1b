import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { PROVIDERS, STATUSES } from "../choices.ts"
import { durationFlag } from "../durationFlag.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { methodFlag } from "../methodFlag.ts"

export const paymentsCommand = Command.make(
  "payments",
  {
    status: Flag.Literals("status", STATUSES).pipe(Flag.withDescription("Only payments that stand so"), Flag.optional),
    provider: Flag.Literals("provider", PROVIDERS).pipe(
      Flag.withDescription("Only payments made there"),
      Flag.optional,
    ),
    method: methodFlag,
    order: Flag.String("order").pipe(
      Flag.withDescription("Only payments for this order reference"),
      Flag.withMetavar("reference"),
      Flag.optional,
    ),
    olderThan: durationFlag(
      "older-than",
      "Created longer ago: 30m, 24h, 3d, 2w. Where no report tells, first heard of",
    ),
    newerThan: durationFlag("newer-than", "Created since then: 30m, 24h, 3d, 2w"),
    due: durationFlag(
      "due",
      "Waiting for the payer, with a deadline within this time or overdue, soonest first; 0h: overdue",
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/payments.ts")).paymentsAction),
).pipe(
  Command.withDescription(
    "List the payments as the read model shows them. What its payer did not pay in time is marked overdue.",
  ),
  Command.withExamples([
    {
      command: "payfold payments --status awaiting --due 24h",
      description: "Who must pay by tomorrow, and who is late",
    },
    { command: "payfold payments --method konbini --older-than 3d --json", description: "For a script" },
  ]),
)
