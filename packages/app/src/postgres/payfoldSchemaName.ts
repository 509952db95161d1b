/** The PostgreSQL schema that holds every table of ours. Fixed for now; said once, here. */
export const payfoldSchemaName = "payfold"
