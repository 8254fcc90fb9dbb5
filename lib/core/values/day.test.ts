import { expect, it } from "vitest";
import { daySchema, isDay, shiftDay } from "./day";

it("reads days that exist, and nothing else", () => {
  for (const day of ["1900-01-01", "2024-02-29", "2026-11-21", "2999-12-31"])
    expect(isDay(day), day).toBe(true);
  for (const text of [
    "",
    "2026-02-29",
    "2026-02-30",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-1-1",
    "2026-11-21T00:00:00Z",
    " 2026-11-21",
    "2026-11-21\n",
    "0000-01-01",
    "1899-12-31",
    "9999-12-31",
    "+275760-09-13",
    "２０２６-11-21",
    "yesterday",
  ])
    expect(isDay(text), text).toBe(false);
});

it("says how a day is written, and what is missing", () => {
  const words = (value: unknown) => daySchema("Choose a day.").safeParse(value).error?.issues[0];
  expect(words("2026-02-30")?.message).toMatch(/like 2026-11-21/);
  expect(words(undefined)?.message).toBe("Choose a day.");
  expect(words("2026-11-21")).toBeUndefined();
});

it("counts on over the ends of months and years", () => {
  expect(shiftDay("2024-02-28", 1)).toBe("2024-02-29");
  expect(shiftDay("2026-01-01", -1)).toBe("2025-12-31");
  expect(shiftDay("2026-11-21", 0)).toBe("2026-11-21");
});
