/** The door of Omise's testing kit: charges that a simulated Omise has, and every body it would send of them. */
export { omiseDeliveries } from "./omiseDeliveries.ts"
export { omiseStories, omiseStory } from "./omiseStories.ts"
