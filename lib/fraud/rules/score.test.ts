import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translator } from "@/lib/core/i18n/translator";
import { LOCALES } from "@/lib/core/i18n/locales";
import { DEFAULT_FRAUD, fraudRules, ownFraud } from "@/lib/terms/rules/fraud";
import { readFraudForm, toFraudForm } from "@/lib/terms/form";
import { SIGNAL_KINDS, SIGNALS_OF_ONE_PERSON } from "@/lib/terms/schema";
import { scoreWords } from "@/lib/terms/words/signals";
import { consequenceOf, scoreOf, weightOf } from "./score";

const open = { reached: "held", isProven: true, isApproved: false } as const;
const review = [{ severity: "review" }] as const;

describe("a score", () => {
  it("is what the signals count for together, from 0 to 100", () => {
    expect(scoreOf([])).toBe(0);
    expect(scoreOf([20, 30])).toBe(50);
    expect(scoreOf([60, 60])).toBe(100);
  });

  it("is 100 for what is proven, whatever its kind counts", () => {
    for (const kind of SIGNAL_KINDS)
      expect(weightOf({ kind, severity: "block" }, DEFAULT_FRAUD)).toBe(100);
  });

  it("holds a referral by one signal only where two people may be one", () => {
    const alone = SIGNAL_KINDS.filter(
      (kind) => weightOf({ kind, severity: "review" }, DEFAULT_FRAUD) >= DEFAULT_FRAUD.holdFrom,
    );
    expect(alone.sort()).toEqual([...SIGNALS_OF_ONE_PERSON].sort());
  });

  it("holds from the threshold on, and stops nothing below it", () => {
    const at = (score: number) => consequenceOf(review, { ...open, score }, { holdFrom: 50 });
    expect([at(0), at(49), at(50), at(100)]).toEqual(["note", "note", "review", "review"]);
  });

  it("does nothing without anything new", () => {
    expect(consequenceOf([], { ...open, score: 100 }, { holdFrom: 1 })).toBeNull();
  });

  it("rejects what is proven before anything was released, and what nobody approved", () => {
    const grave = [{ severity: "block" }] as const;
    const with_ = (more: object) =>
      consequenceOf(grave, { ...open, score: 100, ...more }, { holdFrom: 50 });
    expect(with_({})).toBe("reject");
    expect(with_({ reached: "released" })).toBe("review");
    expect(with_({ reached: "paid" })).toBe("review");
    expect(with_({ isApproved: true })).toBe("review");
  });

  it("rejects a claim also once its friend has the coupon: it was lent", () => {
    const claim = { ...open, score: 100, isProven: false };
    const told = (severity: "block" | "review", more: object = {}) =>
      consequenceOf([{ severity }], { ...claim, ...more }, { holdFrom: 50 });
    expect(told("block", { reached: "released" })).toBe("reject");
    expect(told("review", { reached: "released" })).toBe("review");
    expect(told("block", { isApproved: true })).toBe("review");
  });

  it("is told in words, what counts most first", () => {
    const signals = [
      { kind: "no_visitor", weight: 20 },
      { kind: "busy_network", weight: 30 },
    ] as const;
    expect(scoreWords(translator("en"), signals)).toBe(
      "Two signals: many people from one network, unknown browser",
    );
    for (const locale of LOCALES) expect(scoreWords(translator(locale), signals)).not.toBe("");
  });
});

describe("a program's own rules", () => {
  const kind = fc.constantFrom(...SIGNAL_KINDS);
  const fraud = fc.record(
    {
      holdFrom: fc.integer({ min: 1, max: 100 }),
      friendsADay: fc.integer({ min: 2, max: 200 }),
      weights: fc.dictionary(kind, fc.integer({ min: 0, max: 100 })),
    },
    { requiredKeys: [] },
  );

  it("are kept as far as they differ from the default, and read again as they were", () => {
    expect(ownFraud(DEFAULT_FRAUD)).toBeUndefined();
    fc.assert(
      fc.property(fraud, (own) => {
        const rules = fraudRules({ fraud: own });
        expect(fraudRules({ fraud: ownFraud(rules) })).toEqual(rules);
        const { value, problems } = readFraudForm(toFraudForm({ fraud: own }));
        expect(problems).toEqual([]);
        expect(fraudRules({ fraud: value })).toEqual(rules);
      }),
    );
  });

  it("refuse numbers that are none", () => {
    const form = toFraudForm({});
    const weights = { ...form.weights, no_visitor: "-1" };
    const { problems } = readFraudForm({ ...form, holdFrom: "0", friendsADay: "many", weights });
    expect(problems.map(({ path }) => path)).toEqual([
      "holdFrom",
      "friendsADay",
      "weights.no_visitor",
    ]);
  });
});
