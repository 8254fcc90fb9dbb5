import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import type { Rule, Terms } from "./schema";
import { benefitWords, sideWords, triggerWords, worthWords } from "./wording";

type Promise = Pick<Rule, "benefit" | "calculator">;

const words = (rule: Promise, currency = "USD", locale: Locale = "en") =>
  benefitWords(translator(locale), rule, currency, locale);

const fixed = (kind: "amount_off" | "credit" | "cash" | "points", amount: string): Promise => ({
  benefit: { kind }, calculator: { kind: "fixed", amount },
});

describe("benefitWords", () => {
  it.each([
    [fixed("amount_off", "10"), "USD", "$10 off"],
    [fixed("amount_off", "9.50"), "USD", "$9.50 off"],
    [fixed("credit", "1500"), "JPY", "¥1,500 store credit"],
    [fixed("cash", "10.00"), "EUR", "€10 in cash"],
    [fixed("points", "1"), "USD", "1 point"],
    [fixed("points", "2500"), "USD", "2,500 points"],
    [{ benefit: { kind: "percent_off", percentBp: 1250, unitCost: "0" }, calculator: { kind: "none" } }, "USD", "12.5% off"],
    [{ benefit: { kind: "gift", title: "A tin of tea", unitCost: "4" }, calculator: { kind: "none" } }, "USD", "A tin of tea"],
    [
      { benefit: { kind: "credit" }, calculator: { kind: "share_of_order", shareBp: 1000, atMost: "20" } }, "USD",
      "10% of the order as store credit, up to $20",
    ],
    [
      { benefit: { kind: "points" }, calculator: { kind: "share_of_order", shareBp: 500, atMost: null } }, "USD",
      "5% of the order in points",
    ],
  ] as [Promise, string, string][])("%j in %s → %s", (rule, currency, expected) => {
    expect(words(rule, currency)).toBe(expected);
  });

  it("says the same amount in every language", () => {
    const said = LOCALES.map((locale) => words(fixed("amount_off", "10"), "EUR", locale).replace(/\u00a0/g, " "));
    expect(said).toEqual(["€10 off", "10 € zbritje", "立减 €10"]);
  });

  it("words a granted amount like the promise of it", () => {
    const granted = worthWords(translator("en"), { kind: "credit" }, { minor: 1000n, asset: "USD/2" }, "en");
    expect(granted).toBe(words(fixed("credit", "10")));
  });
});

describe("sideWords and triggerWords", () => {
  const rule = (side: "advocate" | "friend", id: string, promise: Promise, on: Rule["on"]): Rule => ({
    id, side, on, conditions: { all: [] }, ...promise, holdDays: 14,
  });
  const terms = {
    currency: "USD",
    qualification: {
      trigger: { kind: "first_purchase" },
      conditions: { all: [{ kind: "order_total", atLeast: "50" }, { any: [{ kind: "order_total", atLeast: "90" }] }] },
    },
    rules: [
      rule("advocate", "a", fixed("credit", "10"), { kind: "qualified" }),
      rule("advocate", "b", fixed("points", "250"), { kind: "join" }),
    ],
  } as unknown as Terms;
  const t = translator("en");

  it("joins what a side gets, and knows when it gets nothing", () => {
    expect(sideWords(t, terms, "advocate", "en")).toBe("$10 store credit and 250 points");
    expect(sideWords(t, terms, "friend", "en")).toBeNull();
  });

  it("says what each rule waits for, with the amount that must be reached", () => {
    const [first, second] = terms.rules;
    expect(triggerWords(t, terms, first!, "advocate", "en")).toBe(
      "When your friend makes their first purchase of $50 or more",
    );
    expect(triggerWords(t, terms, second!, "friend", "en")).toBe("As soon as you accept");
    expect(triggerWords(t, terms, { on: { kind: "goal", type: "trial_started" }, conditions: { all: [] } }, "advocate", "en"))
      .toBe("When your friend completes “trial started”");
  });
});
