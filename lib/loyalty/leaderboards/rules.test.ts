import { expect, it } from "vitest";
import { periodAt, prizeOf } from "./rules";
import { type Prize, prizesSchema } from "./schema/leaderboard";

it("cuts weeks and months in the merchant's zone, also where the clock changes", () => {
  const at = new Date("2026-10-25T12:00:00Z");
  // Monday to Monday; Tirana goes back an hour on the Sunday between.
  expect(periodAt("week", at, "Europe/Tirane")).toEqual({
    startsAt: new Date("2026-10-18T22:00:00Z"),
    endsAt: new Date("2026-10-25T23:00:00Z"),
  });
  expect(periodAt("month", at, "Asia/Shanghai")).toEqual({
    startsAt: new Date("2026-09-30T16:00:00Z"),
    endsAt: new Date("2026-10-31T16:00:00Z"),
  });
  expect(periodAt("ever", at, "UTC")).toEqual({ startsAt: new Date(0), endsAt: null });
});

it("lets the next season begin where the last one ended, whatever became of the zone", () => {
  const end = new Date("2026-10-25T23:00:00Z");
  expect(periodAt("week", end, "America/New_York", end)).toEqual({
    startsAt: end,
    endsAt: new Date("2026-10-26T04:00:00Z"),
  });
});

it("gives a rank at most one prize", () => {
  const prize = (fromRank: number, toRank: number): Prize => ({
    fromRank,
    toRank,
    benefit: { kind: "credit" },
    calculator: { kind: "fixed", amount: "5" },
  });
  const prizes = [prize(1, 1), prize(2, 3), prize(10, 20)];
  expect([1, 2, 3, 4, 15, 21].map((rank) => prizeOf(prizes, rank))).toEqual([
    0,
    1,
    1,
    null,
    2,
    null,
  ]);
  expect(prizesSchema.safeParse(prizes).success).toBe(true);
  expect(prizesSchema.safeParse([prize(1, 3), prize(3, 4)]).success).toBe(false);
  expect(prizesSchema.safeParse([{ ...prize(1, 1), calculator: { kind: "none" } }]).success).toBe(
    false,
  );
});
