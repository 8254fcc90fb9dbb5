import { z } from "zod";
import type { AdvocateTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("second_level") });

/** A friend of the advocate's friend qualifies: two levels, never more. */
export const secondLevel = {
  schema,
  form: {
    label: "A friend of their friend qualifies",
    hint: "Two levels, never more.",
    fields: [],
  },
  of: "advocate",
  hasOrder: false,
  qualifies: false,
  watch: "second_level",
  restsOnQualification: true,
  causeRef: (_, action) =>
    action.kind === "second_level"
      ? { kind: "second_level", ref: action.referral.referralId }
      : null,
  staffWords: () => "A friend of their friend qualifies",
  customerWords: (_, { t }) => t("when.secondLevel"),
} satisfies AdvocateTrigger<z.infer<typeof schema>>;
