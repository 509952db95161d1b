import type { Measurement } from "../Measurement.ts"
import { append } from "./append.ts"
import { rebuild } from "./rebuild.ts"
import { record } from "./record.ts"
import { translate } from "./translate.ts"

/** Every measurement there is, in the order they run. */
export const MEASUREMENTS: ReadonlyArray<Measurement> = [translate, append, record, rebuild]
