/** The door for adapters: what reading a provider's JSON takes, the same for every provider. */

export { plainWord, withoutContacts } from "./contacts.ts"
export { metadataText, orderReference } from "./orderReference.ts"
export { keeping, Refusal, type Rule } from "./Refusal.ts"
export { ignored, named, type Place, unreadable, unreadableAt } from "./reasons.ts"
export { Anything, explained, required, tolerant, WireFlag, WireText, wireText } from "./tolerant.ts"
export { WireAmount, WireCurrency, WireWholeNumber } from "./WireAmount.ts"
