import { PGlite } from "@electric-sql/pglite"

/** What opening a folder costs by itself: `node openPGliteAlone.ts <folder>`. */
const pglite = new PGlite(process.argv[2])
await pglite.query("select 1")
await pglite.close()
