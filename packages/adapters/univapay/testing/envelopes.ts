import fc from "fast-check"

/** The ways in which one object travels. */
export const ENVELOPES = ["old envelope", "current envelope", "API answer"] as const
export type EnvelopeHabit = (typeof ENVELOPES)[number]

/** How a webhook about an object is wrapped; an API answer is the object itself. */
export const envelopes: fc.Arbitrary<EnvelopeHabit> = fc.constantFrom(...ENVELOPES)

/** The body of a delivery: only the current envelope says when it was sent. */
export function wrap(habit: EnvelopeHabit, event: string, data: unknown, order: number): unknown {
  switch (habit) {
    case "old envelope":
      return { event, data }
    case "current envelope": {
      const created_on = `2022-07-2${order}T06:30:00.123456Z`
      return { id: `11ef0000-0000-4000-8000-00000000000${order}`, event, created_on, data }
    }
    case "API answer":
      return data
  }
}
