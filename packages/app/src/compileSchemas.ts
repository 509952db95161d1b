/**
 * Schemas decode by functions compiled at first use: an Omise charge in a quarter of the time, a stored event in two thirds (19 to 5 and 8 to 5 µs,
 * measured). For the whole process, as a decoder inside another cannot be named; where code may not be made at run time, schemas decode as before. The
 * unstable module stands here and nowhere else.
 */
import "effect/schema/SchemaJITCompiler/enable"
