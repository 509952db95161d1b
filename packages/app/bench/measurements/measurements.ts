import type { Measurement } from "../Measurement.ts"
import { append } from "./append.ts"
import { cli } from "./cli.ts"
import { growth } from "./growth.ts"
import { idle } from "./idle.ts"
import { latency } from "./latency.ts"
import { pglite } from "./pglite.ts"
import { rebuild } from "./rebuild.ts"
import { record } from "./record.ts"
import { snapshot } from "./snapshot.ts"
import { translate } from "./translate.ts"

/** Every measurement there is, in the order they run. */
export const MEASUREMENTS: ReadonlyArray<Measurement> = [
  translate,
  append,
  record,
  rebuild,
  growth,
  latency,
  idle,
  pglite,
  cli,
  snapshot,
]
