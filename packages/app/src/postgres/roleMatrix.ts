import type { PayfoldSchema } from "./PayfoldSchema.ts"

/** The kinds of work a process does on the database. One process may have several. */
export type Role = (typeof roles)[number]
export type Verb = "select" | "insert" | "update" | "delete"
export type RoleTable = keyof PayfoldSchema | "migration"

export const roles = ["ingest", "project", "replay", "read"] as const

/** Views are for reading: who writes, writes to the tables behind them. */
const view = { project: ["select"], replay: ["select"], read: ["select"] } as const

/**
 * What each role may do with each table; what is not here, it may not. Nobody may change or remove an event, nor empty a table.
 *
 * `ingest` receives, drains and appends; `project` moves the views; `replay` rebuilds, verifies and retranslates; `read` asks, and sees
 * deliveries without what may hold personal data. `update` on `drainer` is the right to lock its row.
 */
export const roleMatrix: Readonly<Record<RoleTable, Readonly<Partial<Record<Role, ReadonlyArray<Verb>>>>>> = {
  merchant: { ingest: ["select"], project: ["select"], replay: ["select"], read: ["select"] },
  log_head: { ingest: ["select", "update"], project: ["select"], replay: ["select", "update"], read: ["select"] },
  event: { ingest: ["select", "insert"], project: ["select"], replay: ["select", "insert"], read: ["select"] },
  append_key: { ingest: ["select", "insert"], replay: ["select", "insert"] },
  delivery: { ingest: ["select", "insert", "update"], replay: ["select", "update"], read: ["select"] },
  drainer: { ingest: ["select", "update"], replay: ["select", "update"] },
  retranslation: { replay: ["select", "insert", "delete"] },
  build: {
    project: ["select"],
    replay: ["select", "insert", "update", "delete"],
    read: ["select"],
  },
  checkpoint: {
    project: ["select", "insert", "update"],
    replay: ["select", "insert", "update", "delete"],
    read: ["select"],
  },
  reaction_checkpoint: { project: ["select", "insert", "update"], read: ["select"] },
  reaction_task: {
    project: ["select", "insert", "update", "delete"],
    replay: ["select"],
    read: ["select"],
  },
  payments: view,
  due: view,
  daily_totals: view,
  discrepancies: view,
  orders: view,
  order_attempts: view,
  migration: { ingest: ["select"], project: ["select"], replay: ["select"], read: ["select"] },
}

/** The tables behind the views, of every build. `replay` owns them and the views: it makes new ones and drops the old. */
export const buildTableRights: Readonly<Partial<Record<Role, ReadonlyArray<Verb>>>> = {
  project: ["select", "insert", "update", "delete"],
  replay: ["select", "insert", "update", "delete"],
}

/** Columns that a role does not see although it may read the table. */
export const hiddenColumns: Readonly<
  Partial<Record<RoleTable, Readonly<Partial<Record<Role, ReadonlyArray<string>>>>>>
> = { delivery: { read: ["body", "headers"] } }
