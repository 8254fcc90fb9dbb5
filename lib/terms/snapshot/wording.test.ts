import { expect, it } from "vitest";
import { LOCALES } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { changesBetween } from "../rules/changes";
import { type Rule, ruleSchema, SIDES, type Terms, termsSchema } from "../schema";
import { wordChanges, wordTerms } from "../words/changes";
import { inviteWords } from "../words/invite";
import {
  qualification,
  ruleGives,
  ruleLimits,
  ruleText,
  ruleTitle,
  ruleWhen,
} from "../words/staff";
import { benefitWords, limitLines, promiseLines, sideWords } from "../words/promises";
import { evaluate } from "../rules/evaluate";
import { thawFacts } from "../facts/conditions";
import { digest, plain, readFixture, writeFixture } from "./testing";

type Fixture = { terms: { name: string; terms: unknown }[]; rules: unknown[]; facts: unknown[] };

const fixture = readFixture<Fixture>("terms");
const facts = fixture.facts.map(thawFacts);
const usual = termsSchema.parse(fixture.terms[1]!.terms);
const names = { tiers: { Tea: "Gold", "cup-7": "Silver" } };

/**
 * Every sentence that stored terms are told in. Sentences may be changed on purpose: write the file
 * again with UPDATE_WORDING=1 npx vitest run lib/terms/snapshot, and read the diff.
 */
it("words stored terms as before", () => {
  const said = Object.fromEntries([
    ...fixture.terms.map(({ name, terms }) => {
      const words = wordsOf(termsSchema.parse(terms));
      return [name, /^(demo|e2e|template|form)/.test(name) ? plain(words) : digest(words)];
    }),
    ...fixture.rules.map((rule, index) => {
      const words = wordsOf({ ...usual, rules: [ruleSchema.parse(rule)] });
      return [`generated ${index}`, index % 15 === 0 ? plain(words) : digest(words)];
    }),
  ]) as Record<string, unknown>;
  if (process.env["UPDATE_WORDING"]) writeFixture("wording", said);
  const expected = readFixture<Record<string, unknown>>("wording");
  expect(Object.keys(said)).toEqual(Object.keys(expected));
  for (const [name, found] of Object.entries(said)) expect(found, name).toEqual(expected[name]);
});

function wordsOf(terms: Terms): unknown {
  return {
    staff: [
      qualification(terms, names),
      ...terms.rules.flatMap((rule) => staffWords(rule, terms)),
      ...wordTerms(terms, "Asia/Shanghai", names).map(({ label, value }) => `${label}: ${value}`),
      ...wordChanges(usual, terms, "UTC", names).map(
        ({ label, before, after }) => `${label}: ${before} → ${after}`,
      ),
      `${changesBetween(usual, terms).length} changes`,
    ],
    reasons: [
      ...new Set(
        facts
          .slice(0, 8)
          .flatMap((known) =>
            [terms.qualification.conditions, ...terms.rules.map(({ conditions }) => conditions)]
              .flatMap((condition) => evaluate(condition, known).reasons)
              .map(({ message }) => message),
          ),
      ),
    ],
    ...Object.fromEntries(LOCALES.map((locale) => [locale, customerWords(terms, locale)])),
  };
}

function staffWords(rule: Rule, terms: Terms): string[] {
  const { currency } = terms;
  return [
    ruleTitle(rule),
    ruleWhen(rule, currency, names),
    ruleGives(rule, currency),
    ...ruleLimits(rule, terms),
    ruleText(rule, terms, names),
  ];
}

function customerWords(terms: Terms, locale: (typeof LOCALES)[number]): unknown {
  const t = translator(locale);
  return {
    sides: SIDES.map((side) => sideWords(t, terms, side, locale)),
    benefits: terms.rules.map((rule) => benefitWords(t, rule, terms.currency, locale)),
    promises: SIDES.flatMap((side) =>
      SIDES.flatMap((reader) => promiseLines(t, terms, side, reader, locale, names)).map(
        ({ words, when, hold }) => [words, when, hold].join(" / "),
      ),
    ),
    limits: SIDES.flatMap((reader) => limitLines(t, terms, reader, locale, "UTC")),
    invite: digest(
      inviteWords(t, { terms, shop: "Tea", inviter: "Mira", timeZone: "UTC" }, locale),
    ),
  };
}
