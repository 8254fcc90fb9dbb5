import { describe, expect, it } from "vitest";
import { armFor } from "../rules/arms";
import { askedBy } from "../rules/asked";
import { type ConditionFacts, freezeFacts, thawFacts } from "../facts/conditions";
import { evaluate } from "../rules/evaluate";
import { decideGrant, freezeTerms } from "@/lib/rewards/rules/decision";
import { type AdvocateContext, type ReferralContext } from "../facts/known";
import { courseOf, type ReferralFacts } from "@/lib/referrals/rules";
import { causeText } from "../facts/causes";
import type { Action } from "../facts/actions";
import type { Worth } from "../rules/worth";
import { type Due, dueOfAction, dueOfReferral } from "../rules/due";
import { limitsOf } from "@/lib/rewards/rules/limits";
import { type RewardRecord, settleRewards } from "@/lib/rewards/rules/settle";
import { readQualificationForm, readRuleForm, toQualificationForm, toRuleForm } from "../form";
import { watchesOf } from "../rules/applying";
import { type Condition, type Rule, ruleSchema, type Terms, termsSchema } from "../schema";
import { digest, plain, readFixture, writeFixture } from "./testing";

type Fixture = {
  terms: { name: string; terms: unknown }[];
  rules: unknown[];
  facts: unknown[];
  oldFacts: unknown[];
  referrals: { facts: ReferralFacts; around: StoredContext<ReferralContext>; now: Date }[];
  doings: StoredAction[];
  arounds: StoredContext<AdvocateContext>[];
};

/** Contexts and actions as they were called when the fixture was written. */
type StoredContext<Context extends { qualifiedReferrals: number | null }> = Omit<
  Context,
  "qualifiedReferrals"
> & { confirmedReferrals: number | null };
type StoredAction =
  | Exclude<Action, { kind: "qualified" }>
  | (Omit<Extract<Action, { kind: "qualified" }>, "kind"> & { kind: "confirmed" });

const fixture = readFixture<Fixture>("terms");
const facts = [...fixture.facts, ...fixture.oldFacts].map(thawFacts);
const price = { pointCostMilli: 1_500, multiplierBp: 12_500 };
const at = new Date("2026-04-01T10:00:00Z");

describe("stored terms and facts", () => {
  it("read as they were written", () => {
    for (const { name, terms } of fixture.terms)
      expect(termsSchema.parse(terms), name).toEqual(terms);
    for (const rule of fixture.rules) expect(ruleSchema.parse(rule)).toEqual(rule);
    for (const [index, frozen] of fixture.facts.entries())
      expect(plain(freezeFacts(facts[index]!))).toEqual(frozen);
  });

  it("stand in their forms and come out of them again", () => {
    for (const { name, terms } of readTerms()) {
      for (const rule of terms.rules)
        expect(readRuleForm(toRuleForm(rule), rule.id), name).toEqual({
          value: { ...rule, conditions: grouped(rule.conditions) },
          problems: [],
        });
      const { trigger, conditions } = terms.qualification;
      expect(readQualificationForm(toQualificationForm(terms.qualification)), name).toEqual({
        value: { trigger, conditions: grouped(conditions) },
        problems: [],
      });
    }
  });
});

/**
 * What is decided from terms that were published: a published promise is kept. The file changes
 * only with a decision about what decisions should be, in a commit that says so; conditions,
 * worth and limits have stood since these terms were published. UPDATE_DECISIONS=1 npx vitest run
 * lib/terms/snapshot
 */
it("decides stored terms as when they were published", () => {
  const decided = Object.fromEntries([
    ...readTerms().map(({ name, terms }) => [name, decisionsOf(terms, name)]),
    ...fixture.rules.map((rule, index) => {
      const usual = termsSchema.parse(fixture.terms[1]!.terms);
      const terms = { ...usual, rules: [ruleSchema.parse(rule)] };
      return [`generated ${index}`, decisionsOf(terms, `generated ${index}`)];
    }),
  ]) as Record<string, unknown>;
  if (process.env["UPDATE_DECISIONS"]) writeFixture("decisions", decided);
  const expected = readFixture<Record<string, unknown>>("decisions");
  expect(Object.keys(decided)).toEqual(Object.keys(expected));
  for (const [name, found] of Object.entries(decided)) expect(found, name).toEqual(expected[name]);
});

function readTerms(): { name: string; terms: Terms }[] {
  return fixture.terms.map(({ name, terms }) => ({ name, terms: termsSchema.parse(terms) }));
}

/** A single condition stands in a group of its own in a form. */
function grouped(condition: Condition): Condition {
  return "kind" in condition ? { all: [condition] } : condition;
}

/** Everything that is decided from terms, in full for a few and as fingerprints for the others. */
function decisionsOf(terms: Terms, name: string): unknown {
  const { tiers, lines, event, traits, counts } = askedBy(terms);
  const parts = {
    asked: { tiers, lines, event, traits, counts },
    watches: watchesOf(terms),
    arms: terms.experiment
      ? facts.map((one, index) => armFor(terms.experiment!, `adv_${index}`, one))
      : [],
    qualifies: facts.map((one) => verdictsOf(terms.qualification.conditions, one)),
    rules: terms.rules.map((rule) => ({
      id: rule.id,
      grants: facts.map((one) => grantsOf(rule, terms, one)),
    })),
    referrals: fixture.referrals.map((one, index) => courseWords(terms, one, index)),
    doings: fixture.doings.map((doing, index) =>
      dueOfAction(
        terms,
        doing.kind === "confirmed" ? { ...doing, kind: "qualified" } : doing,
        contextNow(fixture.arounds[index % fixture.arounds.length]!),
      ).map(dueWords),
    ),
  };
  const whole = plain(parts);
  if (/^(demo|e2e|template|form)/.test(name))
    return {
      ...(whole as object),
      referrals: digest(parts.referrals),
      doings: digest(parts.doings),
    };
  return digest(parts);
}

function verdictsOf(condition: Condition, known: ConditionFacts): string {
  const { holds, reasons } = evaluate(condition, known);
  return [holds ? "yes" : "no", ...reasons.map(({ code }) => code)].join(" ");
}

/** What a rule gives for facts: without limits, with limits nearly reached, and after a refund. */
function grantsOf(rule: Rule, terms: Terms, known: ConditionFacts): string {
  const used = { rewards: 2, costMinor: 900n };
  const limits = limitsOf(terms, rule, {
    advocateRewards: 2,
    programRewards: 3,
    programCostMinor: 2_000n,
    caps: [...(rule.caps ?? []), ...(terms.caps ?? [])].map(() => used),
  });
  const free = decideGrant(rule, known, { at }, price, null);
  const limited = decideGrant(rule, known, { at }, price, limits);
  const words = [free, limited].map((decision) => {
    const codes = decision.reasons.map(({ code }) => code).join(" ");
    if (!decision.granted) return `no: ${codes}`;
    const { worth, isFallback, heldUntil } = decision;
    const amount = worth.amount ? `${worth.amount.minor} ${worth.amount.asset}` : "as it is";
    const until = heldUntil.toISOString().slice(0, 10);
    const what = `${isFallback ? "fallback " : ""}${amount}`;
    return `${what} at ${worth.costMinor} until ${until}: ${codes}`;
  });
  if (!free.granted) return words.join(" | ");
  const frozen = freezeTerms(rule, terms, free, price);
  return [
    ...words,
    `half left: ${afterRefund(rule, known, frozen, free.worth)}`,
    digest(asPublished(frozen)),
  ].join(" | ");
}

/** Without the unit of points: terms from before it was said got it when they were led over. */
function asPublished(frozen: { calculator: object }): object {
  const { pointsPer: _, ...calculator } = frozen.calculator as { pointsPer?: string };
  return { ...frozen, calculator };
}

/** What a refund of half of the order, and of its first line, reverses of a grant. */
function afterRefund(
  rule: Rule,
  known: ConditionFacts,
  frozen: ReturnType<typeof freezeTerms>,
  { amount }: Worth,
): string {
  const facts = {
    ...known,
    orderMinor: (known.orderMinor ?? 0n) / 2n,
    lines: known.lines?.slice(1) ?? null,
  };
  if (facts.orderMinor === 0n) return "all";
  const causeRef = { kind: "order", ref: "o1" } as const;
  const cause = { eventId: "e1", order: null, at };
  const { reversed, changed } = settleRewards({
    due: [{ rule, causeRef, cause, facts, customerId: "c", price, priceReasons: [] }],
    rewards: [
      {
        id: "rwd",
        ruleId: rule.id,
        causeRef,
        customerId: "c",
        referralId: null,
        eventId: "e1",
        orderId: "o1",
        state: "held",
        reversalReason: null,
        amountMinor: amount?.minor ?? null,
        reversedMinor: 0n,
        recoveredMinor: 0n,
        terms: frozen as RewardRecord["terms"],
        facts: known,
      },
    ],
    refusals: [],
    lostBecause: () => "refunded",
  });
  if (reversed.length > 0) return "all";
  const worth = changed[0]?.worthMinor;
  return String(worth === undefined || worth === null ? 0n : amount!.minor - worth);
}

function courseWords(terms: Terms, one: Fixture["referrals"][number], index: number): unknown {
  const facts = {
    ...one.facts,
    reason: "by_code",
    isProven: true,
    hindrance: null,
    qualifiedByEventId: null,
    qualifiedByAt: null,
  };
  const context = contextNow(one.around);
  const { step, qualifiedBy } = courseOf({ terms, facts, context, now: one.now, at: one.now });
  const due = dueOfReferral({ terms, referralId: `ref_${index}`, facts, context, qualifiedBy });
  return { course: { step, qualifiedBy }, due: due.map(dueWords) };
}

function contextNow<Context extends { confirmedReferrals: number | null }>({
  confirmedReferrals,
  ...context
}: Context) {
  return { ...context, qualifiedReferrals: confirmedReferrals };
}

function dueWords({ rule, causeRef, cause, facts }: Due): unknown {
  return [
    rule.id,
    causeText(causeRef),
    cause.eventId,
    cause.order?.orderId,
    cause.at,
    freezeFacts(facts),
  ];
}
