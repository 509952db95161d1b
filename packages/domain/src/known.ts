type Known<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>
}

/** Leaves out what is `undefined`: in an event an unknown field is absent, never empty. */
export function known<Fields extends object>(fields: Fields): Known<Fields> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value
  // TypeScript cannot follow the loop; it keeps exactly the keys whose value is known.
  return kept as Known<Fields>
}
