import { z } from "zod";
import { countryName, listWords, oneOf } from "../../words/lists";
import {
  type ConditionKind,
  fewWords,
  personOf,
  personSchema,
  subjectOf,
  WHOSE,
} from "../condition";

/** ISO 3166 codes; the event's country, else the trait `country` of the person. */
const schema = z.strictObject({
  kind: z.literal("country"),
  of: personSchema,
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "Use codes like DE."))
    .min(1, "Name at least one country.")
    .max(250),
});

/** The person is in one of the countries: by what they did, else by their trait `country`. */
export const country = {
  schema,
  form: {
    label: "Country",
    fields: [
      { name: "of", label: "Of whom", control: "person" },
      { name: "countries", label: "Is in", control: "countries" },
    ],
  },
  asks: () => ({ event: true, traits: ["country"] }),
  judge({ of, countries }, facts) {
    const found = personOf(of, facts)?.country ?? null;
    const who = subjectOf(of, facts);
    const wanted = `it takes ${fewWords(countries)}`;
    if (found === null)
      return {
        holds: false,
        code: "country_unknown",
        message: `${who}'s country is not known; ${wanted}.`,
      };
    const holds = countries.includes(found);
    return holds
      ? { holds, code: "country_right", message: `${who} is in ${found}.` }
      : { holds, code: "country_other", message: `${who} is in ${found}; ${wanted}.` };
  },
  staffWords: ({ of, countries }) =>
    `${WHOSE[of]} is in ${oneOf(countries.map((code) => countryName(code, "en")))}`,
  customerWords: ({ of, countries }, { t, locale, addressee }) => [
    t(`when.if.country.${addressee(of)}`, {
      countries: listWords(
        countries.map((code) => countryName(code, locale)),
        locale,
      ),
    }),
  ],
} satisfies ConditionKind<z.infer<typeof schema>>;
