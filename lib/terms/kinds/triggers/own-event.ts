import { z } from "zod";
import { eventType } from "../../schema/amounts";
import { type AdvocateTrigger, eventTypeField, eventWords } from "../trigger";

const schema = z.strictObject({ kind: z.literal("own_event"), type: eventType });

/** An event of this type from the advocate. */
export const ownEvent = {
  schema,
  form: {
    label: "An event of the advocate",
    hint: "A review, a survey: any event that your shop sends.",
    fields: [eventTypeField],
  },
  of: "advocate",
  hasOrder: false,
  qualifies: false,
  isFrequent: true,
  watch: "own_event",
  eventTypes: ({ type }) => [type],
  causeRef: ({ type }, action) =>
    action.kind === "event" && action.type === type ? { kind: "event", ref: action.eventId } : null,
  staffWords: ({ type }) => `The advocate reaches “${type}”`,
  customerWords: ({ type }, { t }) => t("when.ownEvent", { goal: eventWords(type) }),
} satisfies AdvocateTrigger<z.infer<typeof schema>>;
