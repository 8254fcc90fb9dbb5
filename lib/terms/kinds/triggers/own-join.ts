import { z } from "zod";
import type { AdvocateTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("own_join") });

/** The advocate joins the program. */
export const ownJoin = {
  schema,
  form: { label: "The advocate joins the program", fields: [] },
  of: "advocate",
  hasOrder: false,
  qualifies: false,
  watch: "own_join",
  causeRef: (_, { kind }) => (kind === "join" ? { kind, ref: "" } : null),
  staffWords: () => "The advocate joins the program",
  customerWords: (_, { t }) => t("when.ownJoin"),
} satisfies AdvocateTrigger<z.infer<typeof schema>>;
