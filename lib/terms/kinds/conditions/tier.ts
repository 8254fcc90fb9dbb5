import { z } from "zod";
import { listWords, oneOf } from "../../words/lists";
import {
  type ConditionKind,
  namesSchema,
  personOf,
  personSchema,
  subjectOf,
  WHOSE,
} from "../condition";

const schema = z.strictObject({
  kind: z.literal("tier"),
  of: personSchema,
  tiers: namesSchema("tier"),
});

/** The person had one of the tiers, by id, when the fact was processed. */
export const tier = {
  schema,
  form: {
    label: "Tier",
    fields: [
      { name: "of", label: "Of whom", control: "person" },
      { name: "tiers", label: "Is", control: "tiers" },
    ],
  },
  asks: () => ({ tiers: true }),
  judge({ of, tiers }, facts) {
    const found = personOf(of, facts)?.tier ?? null;
    const who = subjectOf(of, facts);
    if (found === null)
      return {
        holds: false,
        code: "tier_none",
        message: `${who} has no tier; this is for certain tiers only.`,
      };
    return tiers.includes(found)
      ? { holds: true, code: "tier_right", message: `${who} has a tier that this is for.` }
      : {
          holds: false,
          code: "tier_other",
          message: `${who} has another tier than those that this is for.`,
        };
  },
  staffWords: ({ of, tiers }, { names }) =>
    `${WHOSE[of]}’s tier is ${oneOf(tiers.map((id) => names.tiers?.[id] ?? id))}`,
  customerWords({ of, tiers }, { t, locale, names, addressee }) {
    const known = tiers.map((id) => names.tiers?.[id]).filter((name) => name !== undefined);
    return [
      known.length < tiers.length
        ? t("when.if.someTiers")
        : t(`when.if.tier.${addressee(of)}`, { tiers: listWords(known, locale) }),
    ];
  },
} satisfies ConditionKind<z.infer<typeof schema>>;
