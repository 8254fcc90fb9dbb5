import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { money } from "@/lib/core/money";
import { around } from "./interval";
import { asNumber, type Metric, type Reading } from "./metric";
import {
  changeBetween,
  moneyPerReading,
  NOTHING,
  ratioReading,
  scaleNumerator,
  shareReading,
  totalReading,
} from "./reading";

const metric = (reading: Reading): Metric => ({
  ...reading,
  name: "test",
  days: { from: "2026-05-01", to: "2026-05-31" },
  filling: false,
  until: null,
  beside: [],
});

describe("changes", () => {
  test("of shares have Newcombe's interval (56/70 against 48/80, Newcombe 1998)", () => {
    const change = changeBetween(
      metric(shareReading(48, 80, "no_orders")),
      metric(shareReading(56, 70, "no_orders")),
    )!;
    expect(change).toMatchObject({ kind: "difference", interval: { method: "Newcombe" } });
    expect(change.value).toBeCloseTo(0.2, 12);
    expect(change.interval!.low).toBeCloseTo(0.0524, 4);
    expect(change.interval!.high).toBeCloseTo(0.3339, 4);
  });

  test("of amounts are relative, with the interval of the log ratio", () => {
    const total = (y: bigint, yy: number) =>
      metric(totalReading({ ...NOTHING, facts: 4, people: 4, y, yy }, "USD/2"));
    const change = changeBetween(total(10_000n, 4e6), total(15_000n, 9e6))!;
    expect(change).toMatchObject({
      kind: "relative",
      value: 0.5,
      interval: { method: "log ratio" },
    });
    expect(change.interval!.low).toBeCloseTo(
      1.5 * Math.exp(-1.959964 * Math.hypot(0.2, 0.2)) - 1,
      6,
    );
  });

  test("from nothing are differences; to or from the unknown there is none", () => {
    const none = metric(totalReading(NOTHING, "USD/2"));
    const some = metric(
      totalReading({ ...NOTHING, facts: 1, people: 1, y: 500n, yy: 250_000 }, "USD/2"),
    );
    expect(changeBetween(none, some)).toMatchObject({
      kind: "difference",
      value: 5,
      interval: null,
    });
    expect(
      changeBetween(
        metric(shareReading(0, 0, "no_orders")),
        metric(shareReading(1, 2, "no_orders")),
      ),
    ).toBeNull();
  });
});

describe("readings", () => {
  test("no denominator is unknown, and 0 of some is 0", () => {
    expect(shareReading(0, 0, "no_orders")).toMatchObject({ value: null, unknown: "no_orders" });
    expect(shareReading(0, 5, "no_orders")).toMatchObject({
      value: 0,
      unknown: null,
      interval: { low: 0 },
    });
    expect(ratioReading(NOTHING, "no_shares")).toMatchObject({ value: null, unknown: "no_shares" });
  });

  test("money per thing is the exact quotient, rounded half to even", () => {
    const tally = { ...NOTHING, facts: 2, people: 2, x: 2n, y: 25n, xx: 2, yy: 313, xy: 25 };
    expect(moneyPerReading(tally, "USD/2", "no_orders").value).toEqual(money(12n, "USD/2"));
    expect(scaleNumerator(tally, 4_000)).toMatchObject({ y: 10n, x: 2n });
    expect(moneyPerReading(NOTHING, "JPY/0", "no_orders")).toMatchObject({
      value: null,
      unknown: "no_orders",
    });
  });

  test("what cannot be negative has no interval below 0; a sum that is negative has", () => {
    const people = fc.array(fc.record({ x: fc.nat(20), y: fc.nat(100_000) }), { minLength: 2 });
    fc.assert(
      fc.property(people, (people) => {
        const sum = (of: (person: { x: number; y: number }) => number) =>
          people.reduce((total, person) => total + of(person), 0);
        const tally = {
          facts: people.length,
          people: people.length,
          reached: people.filter(({ y }) => y > 0).length,
          x: BigInt(sum(({ x }) => x)),
          y: BigInt(sum(({ y }) => y)),
          xx: sum(({ x }) => x * x),
          yy: sum(({ y }) => y * y),
          xy: sum(({ x, y }) => x * y),
        };
        for (const { interval } of [
          totalReading(tally, "USD/2"),
          moneyPerReading(tally, "USD/2", "no_orders"),
          ratioReading(tally, "no_shares"),
        ]) {
          if (interval) expect(asNumber(interval.low)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
    const lost = { ...NOTHING, facts: 2, people: 2, y: -500n, yy: 130_000 };
    expect(asNumber(totalReading(lost, "USD/2").interval!.low)).toBeLessThan(-5);
    expect(around(-0.4, 0.5, "delta method", -1)!.low).toBe(-1);
  });
});
