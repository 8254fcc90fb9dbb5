import { z } from "zod";
import { type AdvocateTrigger, nthField, nthSchema, ordinal } from "../trigger";

const schema = z.strictObject({
  kind: z.literal("milestone"),
  count: nthSchema,
  repeats: z.boolean(),
});

/** The advocate's nth qualified referral; with `repeats`, each further n as well. */
export const milestone = {
  schema,
  form: {
    label: "Number of qualified friends",
    fields: [
      nthField("count", "How many friends", "5"),
      {
        name: "repeats",
        label: "Repeat each time that many qualify",
        control: "flag",
        empty: true,
      },
    ],
  },
  of: "advocate",
  hasOrder: false,
  qualifies: false,
  watch: "milestone",
  concernsFriend: true,
  causeRef({ count, repeats }, action) {
    if (action.kind !== "qualified") return null;
    const isReached = repeats ? action.number % count === 0 : action.number === count;
    return isReached ? { kind: "milestone", ref: String(action.number) } : null;
  },
  milestones({ count, repeats }, most) {
    if (count > most) return [];
    return repeats
      ? Array.from({ length: Math.floor(most / count) }, (_, i) => (i + 1) * count)
      : [count];
  },
  staffWords({ count, repeats }) {
    if (repeats)
      return count === 1 ? "Every qualified friend" : `Every ${ordinal(count)} qualified friend`;
    return count === 1 ? "The first qualified friend" : `${count} qualified friends`;
  },
  customerWords: ({ count, repeats }, { t, reader }) =>
    t(`when.${repeats ? "milestoneEach" : "milestone"}.${reader}`, { count }),
} satisfies AdvocateTrigger<z.infer<typeof schema>>;
