import { Schema } from "effect"

/** Views of the user's own stand on what the switch would take away; they are named, and nothing was switched. */
export class ViewsInTheWay extends Schema.TaggedError<ViewsInTheWay>()("ViewsInTheWay", {
  projection: Schema.String,
  views: Schema.Array(Schema.String),
}) {
  override get message(): string {
    return `Views depend on ${this.projection} as it is: ${this.views.join(", ")}. Drop them, switch, and create them again on the new columns`
  }

  get advice(): string {
    return "Nothing was switched, and the view is shown as before."
  }
}

/** Reactions are parked: somebody has to look at them first, or say that they do not matter. */
export class ReactionsParked extends Schema.TaggedError<ReactionsParked>()("ReactionsParked", {
  parked: Schema.Number,
}) {
  override get message(): string {
    return `${this.parked} reactions are parked. Retry them first, or rebuild with --even-if-parked`
  }

  get advice(): string {
    return "Nothing was changed. payfold reactions lists them."
  }
}

/** There is no build to go back to, or to drop. */
export class NothingKept extends Schema.TaggedError<NothingKept>()("NothingKept", { projection: Schema.String }) {
  override get message(): string {
    return `No earlier build of ${this.projection} is kept`
  }

  get advice(): string {
    return "Nothing was changed. A rebuild keeps the build before it until payfold rebuild --drop-old."
  }
}

/** The new build is not yet as far as the old one, and to bring it there is no short work; it is done outside and the switch tried again. */
export class TooFarBehind extends Schema.TaggedError<TooFarBehind>()("TooFarBehind", {
  projection: Schema.String,
  merchant: Schema.String,
}) {
  override get message(): string {
    return `A build of ${this.projection} is too far behind for ${this.merchant}: run the code that made it, or rebuild`
  }

  get advice(): string {
    return "Nothing was switched, and the view is shown as before."
  }
}
