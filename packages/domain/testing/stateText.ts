/**
 * The canonical text of a state, or of any plain value: keys in order at every depth, what is `undefined` left out. Two states know the same
 * exactly when their texts are equal. It shares nothing with `join`, which compares references.
 */
export function stateText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stateText).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined"
  const fields = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, item]) => `${JSON.stringify(key)}:${stateText(item)}`)
  return `{${fields.join(",")}}`
}
