/** The door of the UnivaPay testing kit: payments as they truly went, and the bodies that tell them. On fast-check, for any test runner. */
export * as Bodies from "./bodies.ts"
export { ENVELOPES, type EnvelopeHabit, envelopes, wrap } from "./envelopes.ts"
export { type Telling, toStory } from "./toStory.ts"
export { univapayDeliveries } from "./univapayDeliveries.ts"
