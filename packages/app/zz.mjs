import { PGlite } from "@electric-sql/pglite"
let t = performance.now(); const lap = n => { const u = performance.now(); console.log(n, Math.round(u - t)); t = performance.now() }
const a = await PGlite.create(); lap("create 1")
const b = await PGlite.create(); lap("create 2")
const d = await a.dumpDataDir("none"); lap("dump"); console.log(d.size)
const c = await PGlite.create({ loadDataDir: d }); lap("load 1")
const e = await PGlite.create({ loadDataDir: d }); lap("load 2")
await c.query("select 1"); lap("q")
