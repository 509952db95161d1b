type Known<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>
}

/** Leaves out what is `undefined`: in an event an unknown field is absent, never empty. */
export function known<Fields extends object>(fields: Fields): Known<Fields> {
  const kept: Record<string, unknown> = {}
  // A loop over names: this runs several times a report, and `Object.entries` would make an array a field.
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name]
  // TypeScript cannot follow the loop; it keeps exactly the keys whose value is known.
  return kept as Known<Fields>
}
