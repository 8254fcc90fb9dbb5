import { z } from "zod";
import { goalsOf } from "../../facts/referrals";
import { eventType } from "../../schema/amounts";
import { eventTypeField, eventWords, type FriendTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("goal"), type: eventType });

/** An event of this type from the friend. */
export const goal = {
  schema,
  form: { label: "An event of the friend", fields: [eventTypeField] },
  of: "friend",
  hasOrder: false,
  qualifies: true,
  reason: "Reached the goal",
  eventTypes: ({ type }) => [type],
  causes: ({ type }, facts) => goalsOf(type, facts),
  staffWords: ({ type }) => `The friend reaches “${type}”`,
  customerWords: ({ type }, { t, reader }) => t(`when.goal.${reader}`, { goal: eventWords(type) }),
} satisfies FriendTrigger<z.infer<typeof schema>>;
