import { describe, expect, it } from "vitest";
import { datePresets, rangeText } from "./date-range";

const ranges = (today: string, first?: string) =>
  Object.fromEntries(datePresets(today, first).map(({ key, from, to }) => [key, `${from} ${to}`]));

describe("datePresets", () => {
  it("counts both ends", () => {
    expect(ranges("2026-03-30")).toMatchObject({
      "7d": "2026-03-24 2026-03-30",
      "30d": "2026-03-01 2026-03-30",
      month: "2026-03-01 2026-03-30",
      "last-month": "2026-02-01 2026-02-28",
      year: "2026-01-01 2026-03-30",
      "12m": "2025-04-01 2026-03-30",
    });
  });

  it("steps over new year and leap days", () => {
    expect(ranges("2028-03-01")).toMatchObject({
      "7d": "2028-02-24 2028-03-01",
      "last-month": "2028-02-01 2028-02-29",
    });
    expect(ranges("2026-01-15")).toMatchObject({
      "last-month": "2025-12-01 2025-12-31",
      "12m": "2025-02-01 2026-01-15",
    });
  });

  it("offers all time only when there is one", () => {
    expect(ranges("2026-03-30")).not.toHaveProperty("all");
    expect(ranges("2026-03-30", "2025-11-02")).toHaveProperty("all", "2025-11-02 2026-03-30");
    expect(ranges("2026-03-30", "2026-04-01")).not.toHaveProperty("all");
  });

  it("writes a range once where its ends agree", () => {
    expect(rangeText({ from: "2026-03-01", to: "2026-03-30" })).toBe("Mar 1 – 30, 2026");
  });
});
