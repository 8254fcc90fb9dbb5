import { describe, expect, it } from "vitest";
import { wordChanges, wordTerms } from "./changes";
import { emptyForm, formCovers, previewForm, programFormSchema, type ProgramForm, toForm } from "./form";
import type { Terms } from "./schema";

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
      advocateAmount: "15", friendBenefit: "percent_off", friendAmount: "12.5", friendUnitCost: "4", trigger: "first_purchase_over",
      triggerAmount: "25", holdDays: 30, advocateCap: "5", budgetCost: "2000", endsOn: "2027-03-28", termsEn: "Be kind.",
    });
    expect(wordChanges(terms(), after, ZONE)).toEqual([
      { label: "Advocate gets", before: "€10 store credit", after: "€15 store credit" },
      { label: "Friend gets", before: "€10 off", after: "12.5% off" },
      { label: "Cost of one", before: null, after: "€4 for the friend’s" },
      { label: "Counts when", before: "The friend’s first purchase", after: "The friend’s first purchase of €25 or more" },
      { label: "Hold", before: "Advocate: released 14 days later; Friend: released at once", after: "Advocate: released 30 days later; Friend: released at once" },
      { label: "Rewards per advocate", before: "No limit", after: "At most 5" },
      { label: "Budget", before: "No limit", after: "€2,000" },
      // Clocks change that day: its last instant is still that day's.
      { label: "Last day", before: null, after: "Mar 28, 2027" },
      { label: "Terms in English", before: null, after: "Be kind." },
    ]);
  });

  it("shows a side that got something and gets nothing now", () => {
    const [change] = wordChanges(terms(), terms({ friendBenefit: "none" }), ZONE).filter(({ label }) => label === "Friend gets");
    expect(change).toEqual({ label: "Friend gets", before: "€10 off", after: null });
  });

  it("leaves no difference unsaid, also one that has no words", () => {
    const before = terms();
    const after: Terms = { ...before, rules: before.rules.map((rule) => ({ ...rule, conditions: { all: [{ kind: "new_customer" }] } })) };
    expect(wordChanges(before, after, ZONE)).toEqual([
      { label: "rules.advocate.conditions.all.0.kind", before: null, after: "new_customer" },
      { label: "rules.friend.conditions.all.0.kind", before: null, after: "new_customer" },
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

describe("previewForm", () => {
  it("reads an unfinished form, and says which fields it cannot read", () => {
    const raw = { ...emptyForm(14), name: "", advocateAmount: "ten", friendBenefit: "percent_off", friendAmount: "10", holdDays: "" };
    const { terms: read, unclear } = previewForm(raw, "EUR", ZONE);
    expect([...unclear].sort()).toEqual(["advocateAmount", "name"]);
    expect(read.rules.find(({ side }) => side === "friend")?.benefit).toMatchObject({ kind: "percent_off", percentBp: 1000 });
  });

  it("survives anything", () => {
    expect(() => previewForm({ friendBenefit: "a castle", holdDays: "soon", startsOn: "yesterday" }, "EUR", ZONE)).not.toThrow();
  });
});

describe("programFormSchema", () => {
  it("tells everything that is wrong at once, field by field", () => {
    const filled = {
      ...emptyForm(14), name: " ", friendBenefit: "percent_off", friendAmount: "abc", trigger: "goal", goalType: "", advocateCap: "x",
      destination: "shop", destinationUrl: "nowhere", advocateAmount: "10.123", startsOn: "2027-02-02", endsOn: "2027-01-01",
    };
    const fields = programFormSchema("EUR", ZONE).safeParse(filled).error?.issues.map(({ path }) => path.join("."));
    expect([...new Set(fields)].sort()).toEqual([
      "advocateAmount", "advocateCap", "destinationUrl", "endsOn", "friendAmount", "goalType", "name",
    ]);
  });
});

describe("formCovers", () => {
  it("holds for what the form made", () => {
    const made = terms({ trigger: "goal", goalType: "trial_started", startsOn: "2027-01-01", endsOn: "2027-01-31", newCustomersOnly: true });
    expect(formCovers("Beans", made, ZONE)).toBe(true);
    expect(toForm("Beans", made, ZONE)).toMatchObject({ startsOn: "2027-01-01", endsOn: "2027-01-31" });
  });

  it("does not hold for terms that it has no fields for", () => {
    const made = terms();
    const [first, ...others] = made.rules;
    const share: Terms = { ...made, rules: [{ ...first!, calculator: { kind: "share_of_order", shareBp: 500, atMost: null } }, ...others] };
    expect(formCovers("Beans", share, ZONE)).toBe(false);
  });
});
