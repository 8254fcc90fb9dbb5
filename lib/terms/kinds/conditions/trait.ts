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

const schema = z.strictObject({
  kind: z.literal("trait"),
  of: personSchema,
  trait: z.string().trim().min(1).max(100),
  is: namesSchema("value"),
});

/**
 * A trait of the person is one of the values, compared as text without regard to case; a trait that
 * is a list, when one of its items is.
 */
export const trait = {
  schema,
  form: {
    label: "Trait",
    fields: [
      { name: "of", label: "Of whom", control: "person" },
      {
        name: "trait",
        label: "Trait",
        hint: "As your shop sends it.",
        control: "text",
        missing: "Name the trait.",
      },
      {
        name: "is",
        label: "Is one of",
        control: "chips",
        item: "value",
        placeholder: "gold, Enter",
      },
    ],
  },
  asks: ({ trait: name }) => ({ traits: [name] }),
  judge({ of, trait: name, is }, facts) {
    const subject = `${subjectOf(of, facts)}'s ${name}`;
    const found = textsOf(personOf(of, facts)?.traits[name]);
    const match = found.find((text) => is.some((value) => sameText(value, text)));
    if (match !== undefined)
      return { holds: true, code: "trait_right", message: `${subject} is ${match}.` };
    const wanted = `it takes ${fewWords(is)}`;
    return found.length === 0
      ? { holds: false, code: "trait_unknown", message: `${subject} is not known; ${wanted}.` }
      : {
          holds: false,
          code: "trait_other",
          message: `${subject} is ${fewWords(found)}; ${wanted}.`,
        };
  },
  staffWords: ({ of, trait: name, is }) => `${WHOSE[of]}’s ${name} is ${oneOf(is)}`,
  // How a shop sorts its customers is its own business.
  customerWords: (_, { t }) => [t("when.if.selected")],
} satisfies ConditionKind<z.infer<typeof schema>>;
