import { z } from "zod";
import { oneOf } from "../../words/lists";
import {
  type ConditionKind,
  fewWords,
  namesSchema,
  personOf,
  personSchema,
  sameText,
  subjectOf,
  textsOf,
  WHOSE,
} from "../condition";

/** The traits in which a shop says to which segments a person belongs. */
const SEGMENT_TRAITS = ["segments", "segment"] as const;

const schema = z.strictObject({
  kind: z.literal("segment"),
  of: personSchema,
  segments: namesSchema("segment"),
});

/** The person's trait `segments` (or `segment`) names one of the segments. */
export const segment = {
  schema,
  form: {
    label: "Segment",
    fields: [
      { name: "of", label: "Of whom", control: "person" },
      {
        name: "segments",
        label: "Is in one of these segments",
        control: "chips",
        item: "segment",
        placeholder: "vip, Enter",
      },
    ],
  },
  asks: () => ({ traits: SEGMENT_TRAITS }),
  judge({ of, segments }, facts) {
    const traits = personOf(of, facts)?.traits;
    const found = SEGMENT_TRAITS.flatMap((name) => textsOf(traits?.[name])).find((text) =>
      segments.some((name) => sameText(name, text)),
    );
    const who = subjectOf(of, facts);
    return found === undefined
      ? {
          holds: false,
          code: "segment_other",
          message: `${who} is not in ${fewWords(segments)}.`,
        }
      : { holds: true, code: "segment_right", message: `${who} is in ${found}.` };
  },
  staffWords: ({ of, segments }) => `${WHOSE[of]} is in ${oneOf(segments)}`,
  // How a shop sorts its customers is its own business.
  customerWords: (_, { t }) => [t("when.if.selected")],
} satisfies ConditionKind<z.infer<typeof schema>>;
