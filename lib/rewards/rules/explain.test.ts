import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translator } from "@/lib/core/i18n/translator";
import { type Money, parseMoney } from "@/lib/core/money";
import { factsOf, freezeFacts, NO_COUNTS } from "@/lib/terms/facts/conditions";
import { freezeSteps, type WorthStep } from "@/lib/terms/facts/worked";
import { worthOf } from "@/lib/terms/rules/worth";
import type { Benefit, Calculator } from "@/lib/terms/schema";
import { orderCalculators } from "@/lib/terms/testing";
import { explanationLines } from "../words";
import { type Explained, explain } from "./explain";

const STAFF = {
  t: translator("en"),
  locale: "en" as const,
  seesOrder: true,
  seesCount: () => true,
};

const counted = fc.record({
  kind: fc.constant("tiered_by_count" as const),
  of: fc.constantFrom("own_purchases" as const, "friend_purchases" as const),
  steps: fc.constant<{ from: number; amount: string }[]>([
    { from: 1, amount: "5" },
    { from: 3, amount: "12" },
  ]),
});
const fixed = fc
  .integer({ min: 1, max: 9_999 })
  .map((amount) => ({ kind: "fixed" as const, amount: String(amount) }));
const calculators: fc.Arbitrary<Calculator> = fc.oneof(orderCalculators, counted, fixed);
const benefits = fc.constantFrom<Benefit>({ kind: "points" }, { kind: "credit" }, { kind: "cash" });
const factors = fc.array(
  fc.record({
    name: fc.constantFrom("Grove", "Double week"),
    // Tiers and campaigns have two decimals.
    multiplierBp: fc.integer({ min: 50, max: 1_000 }).map((percent) => percent * 100),
  }),
  { maxLength: 2 },
);
const orders = fc.record({
  orderMinor: fc.bigInt({ min: 0n, max: 5_000_000n }),
  teaMinor: fc.bigInt({ min: 0n, max: 90_000n }),
  count: fc.integer({ min: 0, max: 9 }),
});

/** A reward as it is granted for these facts under this rule; null where it is worth nothing. */
function granted(
  benefit: Benefit,
  calculator: Calculator,
  made: { name: string; multiplierBp: number }[],
  { orderMinor, teaMinor, count }: { orderMinor: bigint; teaMinor: bigint; count: number },
): Explained | null {
  const multiplierBp = made.reduce((product, one) => (product * one.multiplierBp) / 10_000, 10_000);
  const price = { pointCostMilli: 500, multiplierBp: Math.floor(multiplierBp), factors: made };
  const facts = factsOf({
    currency: "USD",
    orderMinor,
    lines: [{ sku: "tea", category: null, minor: teaMinor }],
    counts: { ...NO_COUNTS, own_purchases: count, friend_purchases: count },
  });
  const { amount, steps } = worthOf({ benefit, calculator }, facts, price);
  if (!amount || amount.minor === 0n) return null;
  const asPoints = benefit.kind === "points" && price.multiplierBp !== 10_000;
  return {
    terms: {
      currency: "USD",
      benefit,
      calculator,
      holdDays: 0,
      conditions: {},
      qualificationConditions: {},
      pointCostMilli: 500,
      ...(asPoints && { multiplierBp: price.multiplierBp, factors: made }),
    },
    facts: JSON.parse(JSON.stringify({ ...freezeFacts(facts), worked: freezeSteps(steps) })),
    amountMinor: amount.minor,
    asset: amount.asset,
    reversedMinor: 0n,
    withheldMinor: 0n,
    grantedMinor: amount.minor,
  };
}

/** "$1,234.50" or "15 points", as a reader reads it, in minor units. */
function read(text: string): bigint {
  const number = text.replace(/[$,]|\s*points?/g, "");
  return parseMoney(number, /point/.test(text) ? "PTS/0" : "USD/2").minor;
}

/** "12.5%" or "1.25", in parts of ten thousand. */
const parts = (text: string) =>
  BigInt(Math.round(Number(text.replace("%", "")) * (text.endsWith("%") ? 100 : 10_000)));

const BASE = String.raw`(?:the order of |the )(\$[\d,.]+)(?: of products that count)?`;
const SHARE = new RegExp(String.raw`^([\d.]+%) of ${BASE}(?:, a point for each (\S+))?$`);
const PER_UNIT = new RegExp(String.raw`^(.+) for each full (\S+) of ${BASE}: ([\d,]+) × (.+)$`);

/**
 * Adds up a line by nothing but what stands in it. @returns what it should come to, and whether
 * something was rounded away; null for a line that states its amount
 */
function addUp(line: string): { minor: bigint; isExact: boolean } | null {
  const equals = line.lastIndexOf(" = ");
  if (equals < 0) return null;
  const sum = line.slice(0, equals);
  const share = SHARE.exec(sum);
  if (share) {
    const value = read(share[2]!) * parts(share[1]!);
    const unit = 10_000n * (share[3] ? read(share[3]) : 1n);
    return { minor: value / unit, isExact: value % unit === 0n };
  }
  const unit = PER_UNIT.exec(sum);
  if (unit) {
    const times = read(unit[3]!) / read(unit[2]!);
    expect(unit[4]!.replaceAll(",", "")).toBe(String(times));
    expect(unit[5]).toBe(unit[1]);
    return { minor: times * read(unit[5]!), isExact: true };
  }
  const [before, ...factors] = sum.replaceAll(/ \([^)]*\)/g, "").split(" × ");
  const value = factors.reduce((product, factor) => product * parts(factor), read(before!));
  const scale = 10_000n ** BigInt(factors.length);
  return { minor: value / scale, isExact: value % scale === 0n };
}

describe("the explanation of a reward", () => {
  it("comes to what was granted, under any rule", () => {
    fc.assert(
      fc.property(benefits, calculators, factors, orders, (benefit, calculator, made, order) => {
        const reward = granted(benefit, calculator, made, order);
        fc.pre(reward !== null);
        const { granted: steps, now, since } = explain(reward)!;
        expect(steps.at(-1)?.result).toEqual({ minor: reward.amountMinor, asset: reward.asset });
        expect([now, since]).toEqual([null, null]);
        // Older grants kept no steps: their terms and facts make the same ones.
        const { worked: _, ...facts } = reward.facts as { worked: unknown };
        expect(explain({ ...reward, facts })!.granted).toEqual(steps);
      }),
      { numRuns: 500 },
    );
  });

  it("adds up by what stands in its lines, to the amount on the receipt", () => {
    fc.assert(
      fc.property(benefits, calculators, factors, orders, (benefit, calculator, made, order) => {
        const reward = granted(benefit, calculator, made, order);
        fc.pre(reward !== null);
        const lines = explanationLines({ ...reward, steps: [] }, STAFF);
        for (const line of lines) {
          const isRounded = line.endsWith(", rounded down");
          const plain = isRounded ? line.slice(0, -", rounded down".length) : line;
          const sum = addUp(plain);
          if (!sum) continue;
          expect([line, read(plain.slice(plain.lastIndexOf(" = ") + 3))]).toEqual([
            line,
            sum.minor,
          ]);
          expect([line, isRounded]).toEqual([line, !sum.isExact]);
        }
        const last = lines.at(-1)!.replace(/, rounded down$/, "");
        const result = /(\$[\d,.]+|[\d,]+ points?)$/.exec(last)?.[1];
        expect([last, read(result!)]).toEqual([last, reward.amountMinor]);
      }),
      { numRuns: 500 },
    );
  });

  const points = { minor: 5n, asset: "PTS/0" } as const;
  const reward: Explained = {
    terms: {
      currency: "USD",
      benefit: { kind: "credit" },
      calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
      holdDays: 0,
      conditions: {},
      qualificationConditions: {},
      pointCostMilli: 0,
    },
    facts: freezeFacts(factsOf({ currency: "USD", orderMinor: 6_000n })),
    amountMinor: 1_000n,
    asset: "USD/2",
    reversedMinor: 400n,
    withheldMinor: 100n,
    grantedMinor: 1_000n,
  };
  const lines = (change: Partial<Explained>, seen = STAFF) =>
    explanationLines({ ...reward, ...change, steps: [{ amountMinor: 1_000n }] }, seen);

  it("says what became of it since, and leaves out what is no longer on record", () => {
    // The order is what is left of it by now: what was granted cannot be told from it any more.
    expect(lines({})).toEqual([
      "After the change: 10% of the order of $60 = $6",
      "$10 granted − $4 reversed − $1 withheld = $5",
    ]);
    expect(lines({ amountMinor: 1_200n, reversedMinor: 0n, withheldMinor: 0n })).toEqual([
      "$10 granted + $2 added later = $12",
    ]);
    expect(lines({ facts: null, reversedMinor: 0n, withheldMinor: 0n })).toEqual([]);
    expect(explain({ ...reward, amountMinor: null, asset: null })).toBeNull();
  });

  it("keeps a friend’s order and count from the advocate", () => {
    const hidden = { ...STAFF, seesOrder: false, seesCount: () => false };
    const worked = (steps: WorthStep[]) => lines({ facts: { worked: freezeSteps(steps) } }, hidden);
    const [base, result] = [parse("123.45"), parse("10")];
    const per = parse("1");
    const told = [
      ...worked([{ step: "share", base, lines: false, shareBp: 810, result }]),
      ...worked([{ step: "share", base, lines: true, shareBp: 810, result }]),
      ...worked([{ step: "per_unit", base, lines: false, per, amount: points, result }]),
      ...worked([{ step: "by_amount", base, from: parse("50"), result }]),
      ...worked([{ step: "by_count", of: "friend_purchases", count: 77, from: 3, result }]),
    ];
    expect(told.filter((line) => !line.includes("granted"))).toEqual([
      "8.1% of your friend’s order = $10, rounded down",
      "8.1% of the products that count in your friend’s order = $10, rounded down",
      "5 points for each full $1 of your friend’s order = $10",
      "For your friend’s order, from $50 on: $10",
      "From number 3 on: $10",
    ]);
    expect(told.join()).not.toMatch(/123|77/);
  });

  it("names no rule for what was given without one", () => {
    const given = { ...reward.terms, calculator: { kind: "fixed" as const, amount: "10" } };
    const whole = {
      terms: { ...given, given: true as const },
      reversedMinor: 0n,
      withheldMinor: 0n,
    };
    expect(lines(whole)).toEqual([]);
    expect(lines({ ...whole, terms: given })).toEqual(["The rule gives $10"]);
  });

  it("says that a limit left room for the smaller reward only", () => {
    expect(lines({ terms: { ...reward.terms, fallback: true } })[0]).toMatch(
      /^A limit left no room/,
    );
  });
});

const parse = (text: string): Money => parseMoney(text, "USD/2");
