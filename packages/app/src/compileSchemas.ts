/**
 * Schemas decode by functions compiled at first use: about three times as fast (an Omise charge 6.2 to 3.1 µs, a stored event 3.2 to 1.3 µs, measured). For the
 * whole process, as a decoder inside another cannot be named; where code may not be made at run time, schemas decode as before. The unstable module stands here
 * and nowhere else.
 */
import "effect/schema/SchemaJITCompiler/enable"
