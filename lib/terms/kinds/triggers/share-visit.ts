import { z } from "zod";
import type { AdvocateTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("share_visit") });

/** Somebody comes by a link of the advocate, each visitor once. */
export const shareVisit = {
  schema,
  form: {
    label: "A share brings a visitor",
    hint: "A real person, bots left out; each visitor once.",
    fields: [],
  },
  of: "advocate",
  hasOrder: false,
  qualifies: false,
  isFrequent: true,
  watch: "share_visit",
  needsPersonCap:
    "Limit the rewards for one person: a browser without cookies is a new visitor each time.",
  causeRef: (_, action) =>
    action.kind === "visit" ? { kind: "visit", ref: action.visitorId } : null,
  staffWords: () => "A share brings a visitor",
  customerWords: (_, { t }) => t("when.shareVisit"),
} satisfies AdvocateTrigger<z.infer<typeof schema>>;
