import { z } from "zod";
import type { FriendTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("join") });

/** The friend joined: claimed the invitation, or signed up through it. */
export const join = {
  schema,
  form: {
    label: "The friend joins",
    hint: "Accepts the invitation, or signs up through it.",
    fields: [],
  },
  of: "friend",
  hasOrder: false,
  qualifies: true,
  reason: "Joined, as this program requires",
  isAtOnce: true,
  causes: (_, { joinEventId, joinedAt, joinRecordedAt }) => [
    {
      eventId: joinEventId,
      order: null,
      at: joinedAt,
      recordedAt: joinRecordedAt,
      country: null,
    },
  ],
  staffWords: () => "The friend joins",
  customerWords: (_, { t, reader }) => t(`when.join.${reader}`),
} satisfies FriendTrigger<z.infer<typeof schema>>;
