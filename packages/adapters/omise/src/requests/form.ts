/** The fields of a form body in the order they are sent. */
export type Form = ReadonlyArray<readonly [name: string, value: string]>

/** Fields of a form; one whose value is `undefined` is not sent. */
export function formOf(fields: Readonly<Record<string, string | number | boolean | undefined>>): Form {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
}

/** The same fields one level deeper: `type` becomes `source[type]`. */
export function nested(name: string, form: Form): Form {
  return form.map(([field, value]) => {
    const [head = field, ...rest] = field.split(/(?=\[)/)
    return [`${name}[${head}]${rest.join("")}`, value]
  })
}
