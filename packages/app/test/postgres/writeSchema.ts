import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { Database } from "../../src/postgres/Database.ts"
import { migrate } from "../../src/postgres/Migrate.ts"
import { payfoldSchemaName } from "../../src/postgres/payfoldSchemaName.ts"
import { schemaText } from "../../testing/schemaText.ts"

/** Writes `schema.txt` anew from a freshly migrated database. Run it after a migration was added, and review what changed. */
const write = Effect.gen(function* () {
  yield* migrate()
  const database = yield* Database
  const text = yield* database.query("print schema", db => schemaText(db, payfoldSchemaName))
  writeFileSync(join(import.meta.dirname, "schema.txt"), text)
})

await Effect.runPromise(write.pipe(Effect.provide(Database.layer({ _tag: "Memory" }))))
