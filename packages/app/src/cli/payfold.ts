import * as Command from "effect/cli/Command"
import { exportCommand } from "./commands/export.ts"
import { importCommand } from "./commands/import.ts"
import { inboxCommand } from "./commands/inbox.ts"
import { ingestCommand } from "./commands/ingest.ts"
import { merchantCommand } from "./commands/merchant.ts"
import { migrateCommand } from "./commands/migrate.ts"
import { paymentsCommand } from "./commands/payments.ts"
import { reactionsCommand } from "./commands/reactions.ts"
import { rebuildCommand } from "./commands/rebuild.ts"
import { showCommand } from "./commands/show.ts"
import { statusCommand } from "./commands/status.ts"
import { totalsCommand } from "./commands/totals.ts"
import { translateCommand } from "./commands/translate.ts"
import { verifyCommand } from "./commands/verify.ts"
import { debugFlag } from "./flags.ts"

/** The whole command, `payfold`. */
export const payfold = Command.make("payfold").pipe(
  Command.withDescription(
    "What payment providers say, as an event log that can be trusted and views that can be rebuilt. PAYFOLD_DATABASE_URL says where: postgres://…, pglite:<folder> (default pglite:.payfold) or memory:",
  ),
  Command.withSubcommands([
    translateCommand,
    ingestCommand,
    paymentsCommand,
    showCommand,
    totalsCommand,
    inboxCommand,
    reactionsCommand,
    rebuildCommand,
    verifyCommand,
    statusCommand,
    merchantCommand,
    migrateCommand,
    exportCommand,
    importCommand,
  ]),
  Command.withGlobalFlags([debugFlag]),
)
