import type { ExpectedVersion, NewEvent, PaymentAppend } from "../../src/log/EventLog.ts"

/** An event that only says which one it is. */
export const event = (name: string, more: Partial<NewEvent> = {}): NewEvent => ({
  type: "PaymentCreated",
  schemaVersion: 1,
  adapter: "omise",
  adapterVersion: 1,
  deliveryId: null,
  correlation: null,
  data: JSON.stringify({ is: name }),
  ...more,
})

export const payment = (
  name: string,
  expected: ExpectedVersion,
  ...events: ReadonlyArray<NewEvent>
): PaymentAppend => ({ payment: name, expected, events })
