import fc from "fast-check"

/** A text with at least one character: mostly one of two, so that reports meet; now and then any Unicode, quotes and NUL among it. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("alpha", "beta") },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 6, unit: "binary" }) },
  { weight: 1, arbitrary: fc.constantFrom('"', "!", "\u0000", "\\", "__proto__", "10", "9", "𠮷", "ﾔﾏﾀﾞ") },
)
