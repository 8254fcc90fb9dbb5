import { describe, expect, it } from "vitest";
import { wordChanges, wordTerms } from "./changes";
import { emptyForm, type ProgramForm, programFormSchema } from "@/lib/programs/forms/program-form";
import type { Terms } from "../schema";

const ZONE = "Europe/Tirane";

function terms(change: Partial<ProgramForm> = {}): Terms {
  return programFormSchema("EUR", ZONE).parse({ ...emptyForm(14), name: "Beans", ...change }).terms;
}

describe("wordChanges", () => {
  it("says nothing of what stayed", () => {
    expect(wordChanges(terms(), terms(), ZONE)).toEqual([]);
  });

  it("names each thing a person would name, once", () => {
    const after = terms({
      advocateAmount: "15",
      friendBenefit: "percent_off",
      friendAmount: "12.5",
      friendUnitCost: "4",
      trigger: "first_purchase_over",
      triggerAmount: "25",
      holdDays: 30,
      advocateCap: "5",
      budgetCost: "2000",
      endsOn: "2027-03-28",
      termsEn: "Be kind.",
    });
    expect(wordChanges(terms(), after, ZONE)).toEqual([
      { label: "Advocate gets", before: "€10 store credit", after: "€15 store credit" },
      { label: "Friend gets", before: "€10 off", after: "12.5% off" },
      { label: "Cost of one", before: null, after: "€4 for the friend’s" },
      {
        label: "Counts when",
        before: "The friend’s first purchase",
        after: "The friend’s first purchase of €25 or more",
      },
      {
        label: "Hold",
        before: "Advocate: available 14 days later; Friend: available right away",
        after: "Advocate: available 30 days later; Friend: available right away",
      },
      { label: "Rewards per advocate", before: "No limit", after: "At most 5" },
      { label: "Budget", before: "No limit", after: "€2,000" },
      // Clocks change that day: its last instant is still that day's.
      { label: "Last day", before: null, after: "Mar 28, 2027" },
      { label: "Terms in English", before: null, after: "Be kind." },
    ]);
  });

  it("shows a side that got something and gets nothing now", () => {
    const [change] = wordChanges(terms(), terms({ friendBenefit: "none" }), ZONE).filter(
      ({ label }) => label === "Friend gets",
    );
    expect(change).toEqual({ label: "Friend gets", before: "€10 off", after: null });
  });

  it("says conditions and limits of a main reward", () => {
    const before = terms();
    const after: Terms = {
      ...before,
      rules: before.rules.map((rule) =>
        rule.side === "friend"
          ? rule
          : {
              ...rule,
              conditions: {
                all: [
                  { kind: "category", categories: ["Tea"] },
                  {
                    any: [
                      { kind: "new_customer" },
                      { kind: "country", of: "friend", countries: ["AL"] },
                    ],
                  },
                ],
              },
              caps: [{ who: "person", per: "month", rewards: 3 }],
              fallback: {
                benefit: { kind: "points" },
                calculator: { kind: "fixed", amount: "100" },
              },
            },
      ),
    };
    expect(wordChanges(before, after, ZONE)).toEqual([
      {
        label: "Condition of the advocate’s reward",
        before: null,
        after: "with something from Tea, and (a new customer, or the friend is in Albania)",
      },
      {
        label: "More on the advocate’s reward",
        before: null,
        after: "At most 3 rewards a month for one person. When no room is left: 100 points",
      },
    ]);
  });

  it("words a further rule as a whole, and leaves out one that is switched off", () => {
    const before = terms();
    const rule: Terms["rules"][number] = {
      id: "own",
      side: "advocate",
      on: { kind: "own_purchase" },
      conditions: { all: [] },
      benefit: { kind: "points" },
      calculator: { kind: "per_unit", amount: "1", per: "1", atMost: null },
      holdDays: 14,
    };
    const after = { ...before, rules: [...before.rules, rule] };
    expect(wordChanges(before, after, ZONE)).toEqual([
      {
        label: "Rule: Each purchase of the advocate",
        before: null,
        after:
          "Each purchase of the advocate: the advocate gets 1 point for every €1 spent. " +
          "Available 14 days later",
      },
    ]);
    expect(
      wordChanges(before, { ...after, rules: [...before.rules, { ...rule, off: true }] }, ZONE),
    ).toEqual([]);
  });

  it("leaves no difference unsaid: limits, experiment, who told you, order", () => {
    const before = terms();
    const after: Terms = {
      ...before,
      rules: [...before.rules].reverse(),
      nominations: "advocate",
      caps: [{ who: "program", per: "week", cost: "500" }],
      experiment: {
        id: "first",
        question: "Cash or credit?",
        arms: [
          { id: "a", name: "Cash", shareBp: 10_000, segment: null },
          {
            id: "b",
            name: "Staff",
            shareBp: null,
            segment: { kind: "segment", of: "advocate", segments: ["staff"] },
          },
        ],
      },
    };
    expect(wordChanges(before, after, ZONE)).toEqual([
      { label: "Limits", before: null, after: "At most €500 a week for the whole program" },
      {
        label: "“Who told you?”",
        before: null,
        after: "Asked after the purchase; the advocate confirms",
      },
      {
        label: "Experiment",
        before: null,
        after: "Cash or credit? Cash: 100%; Staff: those with the advocate is in staff",
      },
      {
        label: "Order of the rules",
        before: "The referral qualifies, The friend joins",
        after: "The friend joins, The referral qualifies",
      },
    ]);
  });
});

describe("wordTerms", () => {
  it("lists what a version says, and leaves out what it does not", () => {
    const labels = wordTerms(terms(), ZONE).map(({ label }) => label);
    expect(labels).toContain("Advocate gets");
    expect(labels).not.toContain("Last day");
    expect(labels).not.toContain("Terms in English");
    expect(labels).not.toContain("Budget");
  });
});
