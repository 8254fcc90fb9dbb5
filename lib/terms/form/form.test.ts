import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rule, Terms } from "../schema";
import { anyRule } from "../testing";
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

const emptyLeaf = (kind: LeafKind) => emptyKindForm(kind, CONDITIONS);

describe("a rule's form", () => {
  it("says the rule again, whatever it is", () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const form = ruleFormSchema.parse(JSON.parse(JSON.stringify(toRuleForm(rule))));
        expect(readRuleForm(form, rule.id)).toEqual({ value: rule, problems: [] });
      }),
      { numRuns: 400 },
    );
  });

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
