import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import type { Rule, Terms } from "../schema";
import { termsForArm } from "../rules/applying";
import { benefitWords, promiseLines, sideWords, worthWords } from "./promises";
import { triggerWords } from "./when";

type Promise = Pick<Rule, "benefit" | "calculator">;

const words = (rule: Promise, currency = "USD", locale: Locale = "en") =>
  benefitWords(translator(locale), rule, currency, locale);

const fixed = (kind: "amount_off" | "credit" | "cash" | "points", amount: string): Promise => ({
  benefit: { kind },
  calculator: { kind: "fixed", amount },
});

describe("benefitWords", () => {
  it.each([
    [fixed("amount_off", "10"), "USD", "$10 off"],
    [fixed("amount_off", "9.50"), "USD", "$9.50 off"],
    [fixed("credit", "1500"), "JPY", "¥1,500 store credit"],
    [fixed("cash", "10.00"), "EUR", "€10 in cash"],
    [fixed("points", "1"), "USD", "1 point"],
    [fixed("points", "2500"), "USD", "2,500 points"],
    [
      {
        benefit: { kind: "percent_off", percentBp: 1250, unitCost: "0" },
        calculator: { kind: "none" },
      },
      "USD",
      "12.5% off",
    ],
    [
      {
        benefit: { kind: "gift", title: "A tin of tea", unitCost: "4" },
        calculator: { kind: "none" },
      },
      "USD",
      "A tin of tea",
    ],
    [
      {
        benefit: { kind: "credit" },
        calculator: { kind: "share_of_order", shareBp: 1000, atMost: "20" },
      },
      "USD",
      "10% of the order as store credit, up to $20",
    ],
    [
      {
        benefit: { kind: "points" },
        calculator: { kind: "share_of_order", shareBp: 500, atMost: null },
      },
      "USD",
      "5% of the order in points",
    ],
    [
      {
        benefit: { kind: "points" },
        calculator: { kind: "share_of_order", shareBp: 500, pointsPer: "0.01", atMost: null },
      },
      "USD",
      "5% of the order in points, one for every $0.01",
    ],
    [
      { benefit: { kind: "free_shipping", unitCost: "4" }, calculator: { kind: "none" } },
      "USD",
      "Free shipping",
    ],
    [
      {
        benefit: {
          kind: "event_access",
          title: "the spring tasting",
          at: "2027-03-20T23:30:00-08:00",
          unitCost: "9",
        },
        calculator: { kind: "none" },
      },
      "USD",
      "Entry to the spring tasting on March 20, 2027",
    ],
    [
      {
        benefit: { kind: "donation", to: "the reading fund" },
        calculator: { kind: "fixed", amount: "5" },
      },
      "USD",
      "$5 donated to the reading fund",
    ],
    [
      {
        benefit: { kind: "points" },
        calculator: { kind: "per_unit", amount: "1", per: "1", atMost: null },
      },
      "USD",
      "1 point for every $1 spent",
    ],
    [
      {
        benefit: { kind: "cash" },
        calculator: {
          kind: "share_of_order",
          shareBp: 1000,
          lines: { categories: ["Tea", "Cups"] },
          atLeast: "2",
          atMost: "20",
        },
      },
      "USD",
      "10% of the amount spent on Tea or Cups in cash, at least $2, up to $20",
    ],
    [
      {
        benefit: { kind: "credit" },
        calculator: {
          kind: "tiered_by_count",
          of: "confirmed_referrals",
          steps: [
            { from: 1, amount: "5" },
            { from: 5, amount: "10" },
            { from: 22, amount: "20" },
          ],
        },
      },
      "USD",
      "$5 store credit, $10 store credit from the 5th friend on, " +
        "$20 store credit from the 22nd friend on",
    ],
    [
      {
        benefit: { kind: "credit" },
        calculator: {
          kind: "tiered_by_amount",
          steps: [
            { from: "0", amount: "5" },
            { from: "100", amount: "15" },
          ],
        },
      },
      "USD",
      "$5 store credit, $15 store credit for orders of $100 or more",
    ],
  ] as [Promise, string, string][])("%j in %s → %s", (rule, currency, expected) => {
    expect(words(rule, currency)).toBe(expected);
  });

  it("says the same amount in every language", () => {
    const said = LOCALES.map((locale) =>
      words(fixed("amount_off", "10"), "EUR", locale).replace(/\u00a0/g, " "),
    );
    expect(said).toEqual(["€10 off", "10 € zbritje", "立减 €10"]);
  });

  it("words a granted amount like the promise of it", () => {
    const granted = worthWords(
      translator("en"),
      { kind: "credit" },
      { minor: 1000n, asset: "USD/2" },
      "en",
    );
    expect(granted).toBe(words(fixed("credit", "10")));
  });
});

describe("sideWords and triggerWords", () => {
  const rule = (
    side: "advocate" | "friend",
    id: string,
    promise: Promise,
    on: Rule["on"],
  ): Rule => ({
    id,
    side,
    on,
    conditions: { all: [] },
    ...promise,
    holdDays: 14,
  });
  const terms = {
    currency: "USD",
    qualification: {
      trigger: { kind: "first_purchase" },
      conditions: {
        all: [
          { kind: "order_total", atLeast: "50" },
          { any: [{ kind: "order_total", atLeast: "90" }] },
        ],
      },
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
    expect(
      triggerWords(
        t,
        terms,
        { on: { kind: "goal", type: "trial_started" }, conditions: { all: [] } },
        "advocate",
        "en",
      ),
    ).toBe("When your friend completes “trial started”");
  });

  it("joins the arms of an experiment by or, and tells one arm its own only", () => {
    const armed = {
      ...terms,
      rules: [
        { ...rule("advocate", "cash", fixed("cash", "10"), { kind: "qualified" }), arm: "a" },
        { ...rule("advocate", "credit", fixed("credit", "15"), { kind: "qualified" }), arm: "b" },
        rule("advocate", "more", fixed("points", "5"), { kind: "own_purchase" }),
      ],
    } as Terms;
    expect(sideWords(t, armed, "advocate", "en")).toBe("$10 in cash or $15 store credit");
    expect(promiseLines(t, armed, "advocate", "advocate", "en").map(({ words }) => words)).toEqual([
      "$10 in cash or $15 store credit",
      "5 points",
    ]);
    expect(sideWords(t, termsForArm(armed, "b"), "advocate", "en")).toBe("$15 store credit");
  });
});

describe("promiseLines", () => {
  const trigger = (on: Rule["on"], conditions: Rule["conditions"] = { all: [] }): Rule => ({
    id: "r",
    side: "advocate",
    on,
    conditions,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "5" },
    holdDays: 0,
  });
  const lines = (rule: Rule, reader: "advocate" | "friend" = "advocate", locale: Locale = "en") =>
    promiseLines(
      translator(locale),
      {
        currency: "USD",
        qualification: { trigger: { kind: "join" }, conditions: { all: [] } },
        rules: [rule],
      } as unknown as Terms,
      "advocate",
      reader,
      locale,
      { tiers: { gold: "Gold" } },
    );

  it.each<[Rule["on"], string]>([
    [{ kind: "milestone", count: 5, repeats: true }, "For every 5th qualified friend"],
    [{ kind: "milestone", count: 3, repeats: false }, "When 3 of your friends have qualified"],
    [
      { kind: "each_purchase", from: 2, to: null },
      "On every purchase your friend makes, starting with the 2nd",
    ],
    [{ kind: "each_purchase", from: 1, to: 3 }, "On each of your friend’s first 3 purchases"],
    [{ kind: "nth_purchase", n: 2 }, "On your friend’s 2nd purchase"],
    [{ kind: "renewal", n: 12 }, "On your friend’s 12th renewal"],
    [{ kind: "second_level" }, "When your friend’s friend qualifies"],
    [{ kind: "own_event", type: "review_written" }, "When you complete “review written”"],
  ])("%j → %s", (on, expected) => expect(lines(trigger(on))[0]?.when).toBe(expected));

  it("says on what conditions, in every language", () => {
    const rule = trigger(
      { kind: "own_purchase" },
      {
        all: [
          { kind: "order_total", atLeast: "20" },
          { kind: "category", categories: ["Tea"] },
          { kind: "tier", of: "owner", tiers: ["gold"] },
          {
            any: [
              { kind: "time", days: [6, 7] },
              { kind: "country", of: "owner", countries: ["AL"] },
            ],
          },
          { none: [{ kind: "channel", channels: ["email"] }] },
          { kind: "count", of: "own_purchases", atLeast: 2, atMost: 4 },
          { kind: "days_since", what: "joining", atMost: 30 },
        ],
      },
    );
    expect(lines(rule)[0]?.when).toBe(
      "On every purchase you make · orders of $20 or more · orders with a product from Tea · " +
        "if your tier is Gold · on Saturday or Sunday or if you are in Albania · " +
        "except via email · from the 2nd purchase on · for the first 4 purchases · " +
        "within 30 days of joining",
    );
    for (const locale of LOCALES)
      expect(lines(rule, "advocate", locale)[0]?.when.split(" · ")).toHaveLength(9);
  });

  it("says what steps lead up to, and each of them below", () => {
    const rule: Rule = {
      ...trigger({ kind: "qualified" }),
      calculator: {
        kind: "tiered_by_count",
        of: "confirmed_referrals",
        steps: [
          { from: 1, amount: "5" },
          { from: 3, amount: "20" },
        ],
      },
    };
    expect(lines(rule)[0]).toMatchObject({
      words: "Up to 20 points",
      when: "When your friend joins · 5 points, 20 points from the 3rd friend on",
    });
  });

  it("tells the advocate the small print, the friend nothing of the advocate's actions", () => {
    const rule: Rule = {
      ...trigger({ kind: "join" }),
      holdDays: 14,
      expiry: { unissuedDays: null, issuedDays: 90, remindDays: 7 },
      caps: [
        { who: "person", per: "month", rewards: 3 },
        { who: "program", per: "ever", cost: "500" },
      ],
      fallback: { benefit: { kind: "points" }, calculator: { kind: "fixed", amount: "1" } },
    };
    expect(lines(rule)[0]?.hold).toBe(
      "Available 14 days later · Valid for 90 days · Up to 3 per month · After that: 1 point",
    );
    expect(lines(rule, "friend")[0]?.hold).toBe("Available 14 days later");
    expect(lines(trigger({ kind: "own_purchase" }), "friend")).toEqual([]);
  });
});
