import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, type Rule, ruleSchema, type Terms } from "../schema";
import { hasAmount } from "../kinds/benefits";
import { CONDITIONS, type LeafKind } from "../kinds/conditions";
import {
  emptyKindForm,
  readExperimentForm,
  readLimitsForm,
  readQualificationForm,
  readRuleForm,
  ruleFormSchema,
  toExperimentForm,
  toLimitsForm,
  toQualificationForm,
  toRuleForm,
} from ".";

const amount = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`);
const words = fc.constantFrom("Tea", "cup-7", "L'Île", "绿茶", "a b");
const list = fc.uniqueArray(words, { minLength: 1, maxLength: 3 });
const of = fc.constantFrom("owner" as const, "advocate" as const, "friend" as const);
const counted = fc.constantFrom(
  "confirmed_referrals" as const,
  "friend_purchases" as const,
  "own_purchases" as const,
);
const basisPoints = fc.integer({ min: 1, max: 10_000 });
const nth = fc.integer({ min: 1, max: 1_000 });
const optional = <K extends string, T>(
  key: K,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<{ [key in K]?: T }> =>
  fc.option(value).map((found) => (found === null ? {} : { [key]: found }) as { [key in K]?: T });
const range = fc
  .tuple(fc.option(fc.integer({ min: 0, max: 90 })), fc.option(fc.integer({ min: 90, max: 365 })))
  .map(([least, most]) => ({
    ...(least !== null && { atLeast: least }),
    ...(most !== null || least === null ? { atMost: most ?? 9 } : {}),
  }));

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  amount.map((atLeast) => ({ kind: "order_total" as const, atLeast })),
  fc.constant({ kind: "new_customer" as const }),
  list.map((skus) => ({ kind: "product" as const, skus })),
  list.map((categories) => ({ kind: "category" as const, categories })),
  fc.constant({ kind: "currency" as const, currencies: ["USD", "EUR"] }),
  of.map((of) => ({ kind: "country" as const, of, countries: ["AL", "CN"] })),
  list.map((channels) => ({ kind: "channel" as const, channels })),
  fc.record({ kind: fc.constant("trait" as const), of, trait: words, is: list }),
  fc.record({ kind: fc.constant("segment" as const), of, segments: list }),
  fc.record({ kind: fc.constant("tier" as const), of, tiers: list }),
  fc
    .tuple(fc.constantFrom("click" as const, "joining" as const), range)
    .map(([what, bounds]) => ({ kind: "days_since" as const, what, ...bounds })),
  fc.tuple(counted, range).map(([of, bounds]) => ({ kind: "count" as const, of, ...bounds })),
  fc.constantFrom<Condition>(
    { kind: "time", days: [6, 7] },
    { kind: "time", days: [1], from: "22:00", to: "02:30" },
  ),
) as fc.Arbitrary<Condition>;
const group = (parts: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.array(parts, { maxLength: 3 }).map((all) => ({ all })),
    fc.array(parts, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    fc.array(parts, { maxLength: 2 }).map((none) => ({ none })),
  );
const conditions = group(fc.oneof(leaf, group(fc.oneof(leaf, group(leaf)))));

const codes = optional(
  "codes",
  fc.constantFrom(
    { kind: "pattern" as const, pattern: "TEA-######" },
    { kind: "pool" as const, poolId: "cpl_1" },
  ),
);
const unitCost = fc.oneof(
  fc.constant("0"),
  amount.filter((text) => text !== "0"),
);
const benefit: fc.Arbitrary<Rule["benefit"]> = fc.oneof(
  fc.tuple(basisPoints, unitCost, codes).map(([percentBp, unitCost, codes]) => ({
    kind: "percent_off" as const,
    percentBp,
    unitCost,
    ...codes,
  })),
  codes.map((codes) => ({ kind: "amount_off" as const, ...codes })),
  fc
    .tuple(unitCost, codes)
    .map(([unitCost, codes]) => ({ kind: "free_shipping" as const, unitCost, ...codes })),
  fc.constantFrom(
    { kind: "credit" as const },
    { kind: "cash" as const },
    { kind: "points" as const },
  ),
  fc.record({ kind: fc.constant("gift" as const), title: words, unitCost }),
  fc.record({
    kind: fc.constant("event_access" as const),
    title: words,
    at: fc.constantFrom(null, "2027-03-20T19:00:00+02:00"),
    unitCost,
  }),
  words.map((to) => ({ kind: "donation" as const, to })),
);
const lines = optional(
  "lines",
  fc.oneof(
    list.map((skus) => ({ skus })),
    list.map((categories) => ({ categories })),
    fc.record({ skus: list, categories: list }),
  ),
);
const steps = fc
  .uniqueArray(nth, { minLength: 1, maxLength: 4 })
  .map((from) => from.sort((one, other) => one - other));
const calculator: fc.Arbitrary<Rule["calculator"]> = fc.oneof(
  amount.map((amount) => ({ kind: "fixed" as const, amount })),
  fc
    .tuple(basisPoints, lines, optional("atLeast", amount), fc.option(amount))
    .map(([shareBp, lines, atLeast, atMost]) => ({
      kind: "share_of_order" as const,
      shareBp,
      ...lines,
      ...atLeast,
      atMost,
    })),
  fc.tuple(amount, lines, fc.option(amount)).map(([amount, lines, atMost]) => ({
    kind: "per_unit" as const,
    amount,
    per: "1",
    ...lines,
    atMost,
  })),
  fc.tuple(counted, steps).map(([of, steps]) => ({
    kind: "tiered_by_count" as const,
    of,
    steps: steps.map((from) => ({ from, amount: "5" })),
  })),
  steps.map((steps) => ({
    kind: "tiered_by_amount" as const,
    steps: steps.map((from) => ({ from: String(from), amount: "5.5" })),
  })),
);
const worth = fc.tuple(benefit, calculator).map(([benefit, calculator]) => ({
  benefit,
  calculator: hasAmount(benefit) ? calculator : { kind: "none" as const },
}));
const trigger: fc.Arbitrary<Rule["on"]> = fc.oneof(
  fc
    .constantFrom(
      "join" as const,
      "first_purchase" as const,
      "qualified" as const,
      "second_level" as const,
      "own_join" as const,
      "own_purchase" as const,
      "share_visit" as const,
    )
    .map((kind) => ({ kind })),
  fc.record({
    kind: fc.constantFrom("goal" as const, "own_event" as const),
    type: fc.constant("trial_started"),
  }),
  fc.record({ kind: fc.constantFrom("nth_purchase" as const, "renewal" as const), n: nth }),
  fc.record({
    kind: fc.constant("each_purchase" as const),
    from: fc.integer({ min: 1, max: 9 }),
    to: fc.option(fc.integer({ min: 9, max: 20 })),
  }),
  fc.record({ kind: fc.constant("milestone" as const), count: nth, repeats: fc.boolean() }),
);
const cap = fc
  .tuple(
    fc.constantFrom("person" as const, "program" as const),
    fc.constantFrom("day" as const, "ever" as const),
    nth,
    optional("cost", amount),
  )
  .map(([who, per, rewards, cost]) => ({ who, per, rewards, ...cost }));
const rules = fc
  .tuple(
    fc.record({
      id: fc.constant("r-1"),
      side: fc.constantFrom("advocate" as const, "friend" as const),
      on: trigger,
      conditions,
      holdDays: fc.integer({ min: 0, max: 365 }),
    }),
    worth,
    optional("name", words),
    optional("caps", fc.array(cap, { minLength: 1, maxLength: 3 })),
    optional("fallback", worth),
    optional(
      "expiry",
      fc.record({
        unissuedDays: fc.option(nth),
        issuedDays: nth,
        remindDays: fc.option(fc.integer({ min: 1, max: 365 })),
      }),
    ),
    optional("arm", fc.constant("a")),
    optional("off", fc.constant(true as const)),
  )
  .map((parts) => Object.assign({}, ...parts) as Rule)
  .filter((rule) => ruleSchema.safeParse(rule).success);

const emptyLeaf = (kind: LeafKind) => emptyKindForm(kind, CONDITIONS);

describe("a rule's form", () => {
  it("says the rule again, whatever it is", () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const form = ruleFormSchema.parse(JSON.parse(JSON.stringify(toRuleForm(rule))));
        expect(readRuleForm(form, rule.id)).toEqual({ value: rule, problems: [] });
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it("puts a single condition into a group", () => {
    const rule: Rule = {
      id: "r",
      side: "friend",
      on: { kind: "join" },
      conditions: { kind: "new_customer" },
      benefit: { kind: "credit" },
      calculator: { kind: "fixed", amount: "5" },
      holdDays: 0,
    };
    expect(readRuleForm(toRuleForm(rule), "r").value.conditions).toEqual({
      all: [{ kind: "new_customer" }],
    });
  });

  const filled = toRuleForm({
    side: "advocate",
    on: { kind: "own_purchase" },
    conditions: { all: [] },
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "5" },
    holdDays: 0,
  });
  const places = (change: object) =>
    readRuleForm({ ...filled, ...change }, "r").problems.map(({ path }) => path);

  it("names the place of everything that is wrong, also deep in the conditions", () => {
    expect(
      places({
        holdDays: "soon",
        conditions: {
          group: "all",
          parts: [
            emptyLeaf("product"),
            {
              group: "any",
              parts: [
                {
                  group: "none",
                  parts: [{ ...emptyLeaf("country"), countries: ["DE", "germany"] }],
                },
                { ...emptyLeaf("count"), atLeast: "5", atMost: "2" },
              ],
            },
            { group: "any", parts: [] },
            { ...emptyLeaf("time"), from: "9" },
          ],
        },
      }),
    ).toEqual([
      "conditions.all.0.skus",
      "conditions.all.1.any.0.none.0.countries",
      "conditions.all.1.any.1.atMost",
      "conditions.all.2",
      "conditions.all.3.from",
      "conditions.all.3.to",
      "holdDays",
    ]);
  });

  it.each([
    [
      { calculator: { ...filled.calculator, kind: "per_unit", amount: "", per: "0" } },
      ["calculator.amount", "calculator.per"],
    ],
    [
      {
        calculator: {
          ...filled.calculator,
          kind: "tiered_by_amount",
          steps: [
            { from: "50", amount: "5" },
            { from: "20", amount: "x" },
          ],
        },
      },
      ["calculator.steps.1.amount", "calculator.steps"],
    ],
    [{ on: { ...filled.on, kind: "milestone", count: "0" } }, ["on.count"]],
    [{ on: { ...filled.on, kind: "each_purchase", from: "3", to: "2" } }, ["on.to"]],
    [{ on: { ...filled.on, kind: "own_event", type: " " } }, ["on.type"]],
    [{ side: "friend" }, ["on"]],
    [
      { benefit: { ...filled.benefit, kind: "percent_off", percentBp: "120" } },
      ["benefit.percentBp"],
    ],
    [
      {
        benefit: {
          ...filled.benefit,
          kind: "amount_off",
          codes: { from: "pattern", pattern: "TEA", poolId: "" },
        },
      },
      ["benefit.codes.pattern"],
    ],
    [
      { fallback: { benefit: { ...filled.benefit, kind: "gift" }, calculator: filled.calculator } },
      ["fallback.benefit.title"],
    ],
    [{ caps: [{ who: "person", per: "day", rewards: "", cost: "" }] }, ["caps.0.rewards"]],
  ] as [object, string[]][])("of %j finds %j", (change, expected) =>
    expect(places(change)).toEqual(expect.arrayContaining(expected)),
  );

  it.each(Object.keys(CONDITIONS) as LeafKind[])(
    "asks for what a new %s condition lacks, and never throws",
    (kind) => {
      expect(() =>
        places({ conditions: { group: "all", parts: [emptyLeaf(kind)] } }),
      ).not.toThrow();
    },
  );
});

describe("the forms of a whole program", () => {
  const rule: Rule = {
    id: "r",
    side: "friend",
    on: { kind: "join" },
    conditions: { all: [] },
    benefit: { kind: "credit" },
    calculator: { kind: "fixed", amount: "5" },
    holdDays: 0,
  };

  it("say limits and what confirms a referral again", () => {
    const limits = {
      advocateCap: 5,
      budget: { cost: "100.50", rewards: null },
      caps: [{ who: "person" as const, per: "week" as const, rewards: 2 }],
      nominations: "advocate" as const,
    };
    expect(readLimitsForm(toLimitsForm(limits as unknown as Terms))).toEqual({
      value: limits,
      problems: [],
    });
    const none = { advocateCap: null, budget: { cost: null, rewards: null } };
    expect(readLimitsForm(toLimitsForm(none as unknown as Terms))).toEqual({
      value: none,
      problems: [],
    });
    const qualification: Terms["qualification"] = {
      trigger: { kind: "renewal", n: 2 },
      conditions: { any: [{ kind: "new_customer" }] },
    };
    expect(readQualificationForm(toQualificationForm(qualification))).toEqual({
      value: qualification,
      problems: [],
    });
  });

  it("say an experiment and the arms of the rules again", () => {
    const experiment = {
      id: "first",
      question: "Cash or credit?",
      arms: [
        { id: "a", name: "Cash", shareBp: 5000, segment: null },
        { id: "b", name: "Credit", shareBp: 5000, segment: null },
        {
          id: "c",
          name: "Staff",
          shareBp: null,
          segment: {
            all: [{ kind: "segment" as const, of: "advocate" as const, segments: ["staff"] }],
          },
        },
      ],
    };
    const armed = [
      { ...rule, arm: "a" },
      { ...rule, id: "s" },
    ];
    expect(readExperimentForm(toExperimentForm(experiment, armed), armed)).toEqual({
      value: { experiment, rules: armed },
      problems: [],
    });
    const form = toExperimentForm(experiment, armed);
    const bad = readExperimentForm(
      {
        ...form,
        arms: form.arms.map((arm, index) => ({
          ...arm,
          percent: "30",
          name: index === 0 ? " " : arm.name,
        })),
      },
      armed,
    );
    expect(bad.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["arms.0.name", "arms"]),
    );
    expect(readExperimentForm({ ...form, arms: form.arms.slice(1) }, armed).value.rules).toEqual([
      rule,
      { ...rule, id: "s" },
    ]);
  });
});
