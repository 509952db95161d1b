import * as Cause from "effect/Cause"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"

/**
 * A failure as one paragraph: what happened, what is safe, what to do. The errors say it themselves (`message` and, for an operator, `advice`); a defect
 * is ours, and says so.
 */
export function failureText(cause: Cause.Cause<unknown>): string {
  const error = Option.getOrUndefined(Cause.findErrorOption(cause))
  if (!(error instanceof Error)) {
    return `${sentence(`This is a mistake in Payfold itself: ${messageOf(Cause.squash(cause))}`)} What was committed before stays; of this step nothing was kept. Run the same command again with --debug and report what it prints.`
  }
  const advice = adviceOf(error)
  return advice === undefined ? error.message : `${sentence(error.message)} ${advice}`
}

function adviceOf(error: Error): string | undefined {
  if (Predicate.hasProperty(error, "advice") && typeof error.advice === "string") return error.advice
  // The domain knows of no database and no command.
  if (Predicate.hasProperty(error, "_tag") && error._tag === "UnreadableEvent") {
    return "Nothing was changed. Run: payfold verify, which says where it stands and what to do."
  }
  return undefined
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
