import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceCase, sharedDataPresent, sharedDataText } from "@/e2e/support/data/shared-data";
import { cohortRetention, retentionCurve } from "./retention";

const people = fc.array(fc.array(fc.integer({ min: -3, max: 14 }), { maxLength: 12 }), {
  maxLength: 20,
});

describe("cohortRetention", () => {
  it("counts nobody, one person once, and repeats once", () => {
    expect(cohortRetention([], { buckets: 2 })).toEqual([[0, 0], [0]]);
    expect(cohortRetention([[1, 1, 0, 0]], { buckets: 2 })).toEqual([[1, 1], [0]]);
    expect(cohortRetention([[]], { buckets: 0 })).toEqual([]);
    expect(() => cohortRetention([[0.5]], { buckets: 2 })).toThrow(RangeError);
  });

  it("gives a person known from before no first-time cohort, but recurring ones", () => {
    expect(cohortRetention([[-1, 0, 1]], { buckets: 2 })).toEqual([[0, 0], [0]]);
    expect(cohortRetention([[-1, 0, 1]], { buckets: 2, cohorts: "recurring" })).toEqual([
      [1, 1],
      [1],
    ]);
  });

  it("on-or-after never rises along a row and is at least the exact count", () => {
    fc.assert(
      fc.property(
        people,
        fc.constantFrom("first" as const, "recurring" as const),
        (activity, cohorts) => {
          const exact = cohortRetention(activity, { buckets: 10, cohorts });
          const after = cohortRetention(activity, { buckets: 10, cohorts, mode: "on_or_after" });
          after.forEach((row, c) =>
            row.forEach((n, k) => {
              expect(n).toBeLessThanOrEqual(row[Math.max(0, k - 1)] as number);
              expect(n).toBeGreaterThanOrEqual(exact[c]?.[k] ?? 0);
              expect(n).toBeLessThanOrEqual(exact[c]?.[0] ?? 0);
            }),
          );
        },
      ),
    );
  });

  it("first-time cohorts hold each person at most once, in any order of people", () => {
    fc.assert(
      fc.property(people, (activity) => {
        const counts = cohortRetention(activity, { buckets: 10 });
        const members = counts.reduce((sum, row) => sum + (row[0] ?? 0), 0);
        expect(members).toBeLessThanOrEqual(activity.length);
        expect(cohortRetention([...activity].reverse(), { buckets: 10 })).toEqual(counts);
      }),
    );
  });
});

describe("retentionCurve", () => {
  const counts = [[10, 5, 2], [10, 3], [20]];
  it("weighs cohorts by people and only where they have come that far", () => {
    expect(retentionCurve(counts).map((p) => p.share)).toEqual([1, 0.4, 0.2]);
    expect(retentionCurve(counts)[1]).toMatchObject({ observable: 20, active: 8 });
  });
  it("leaves out buckets that are still filling, and is unknown without people", () => {
    expect(retentionCurve(counts, 2)).toEqual([
      { bucket: 0, observable: 20, active: 20, share: 1 },
      { bucket: 1, observable: 10, active: 5, share: 0.5 },
    ]);
    expect(retentionCurve([[0, 0], [0]])[1]?.share).toBeNull();
  });
});

describe.skipIf(!sharedDataPresent)("published cases", () => {
  type Case = { active_days: Record<string, number[]>; intervals: number };

  it.each(["RET-01", "RET-02"])("%s", (id) => {
    const { input, expected } = referenceCase<Case, { counts: number[][] }>(id);
    const mode = id === "RET-01" ? "exact" : "on_or_after";
    const buckets = input.intervals;
    const counts = cohortRetention(Object.values(input.active_days), {
      buckets,
      mode,
      cohorts: "recurring",
    });
    expect(counts).toEqual(expected.counts);
  });

  it("RET-06 January 1997 of CDNOW", () => {
    const months = new Map<string, number[]>();
    for (const line of sharedDataText("cdnow/CDNOW_sample.txt").trim().split(/\r?\n/)) {
      const [, customer = "", date = ""] = line.trim().split(/\s+/);
      const month = (Number(date.slice(0, 4)) - 1997) * 12 + Number(date.slice(4, 6)) - 1;
      months.set(customer, [...(months.get(customer) ?? []), month]);
    }
    const { expected } = referenceCase<unknown, Record<string, number[]>>("RET-06");
    expect(cohortRetention(months.values(), { buckets: 18 })[0]).toEqual(expected["1997-01"]);
  });
});
