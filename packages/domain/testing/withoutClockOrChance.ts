/** Runs with a clock and a chance that throw when they are read, so that whatever depends on them cannot give its usual answer. */
export function withoutClockOrChance<Value>(run: () => Value): Value {
  const { Date: date } = globalThis
  const { random } = Math
  const { now } = performance
  const refuse = (): never => {
    throw new Error("a clock or chance was read")
  }
  try {
    globalThis.Date = new Proxy(date, {
      construct: (target, args) => (args.length === 0 ? refuse() : Reflect.construct(target, args)),
      get: (target, key) => (key === "now" ? refuse : Reflect.get(target, key)),
      apply: refuse,
    })
    Math.random = refuse
    performance.now = refuse
    return run()
  } finally {
    globalThis.Date = date
    Math.random = random
    performance.now = now
  }
}
