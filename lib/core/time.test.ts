import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  DAY_MS,
  dateInZone,
  daysBetween,
  HOUR_MS,
  isTimeZone,
  MINUTE_MS,
  parseDuration,
  startOfDateInZone,
  systemNow,
} from "./time";

describe("parseDuration", () => {
  it("reads weeks to seconds", () => {
    expect(parseDuration("P31D")).toBe(31 * DAY_MS);
    expect(parseDuration("P2W")).toBe(14 * DAY_MS);
    expect(parseDuration("PT12H")).toBe(12 * HOUR_MS);
    expect(parseDuration("PT0S")).toBe(0);
    expect(parseDuration("P1W2DT3H4M5S")).toBe(9 * DAY_MS + 3 * HOUR_MS + 4 * MINUTE_MS + 5000);
  });

  it("refuses what has no fixed length or is none", () => {
    const refused = [
      "",
      "P",
      "PT",
      "P1DT",
      "P1M",
      "P1Y",
      "31D",
      "P-1D",
      "P1.5D",
      "PT1H1D",
      "p1d",
      " P1D",
      "P1D ",
    ];
    for (const text of refused) {
      expect(parseDuration(text), text).toBeNull();
    }
  });

  it("reads back what is written", () => {
    const part = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
        expect(parseDuration(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(
          days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000,
        );
      }),
    );
  });
});

describe("days", () => {
  it("of 24 hours are added and counted", () => {
    const start = new Date("2026-03-28T12:00:00Z");
    expect(addDays(start, 1.5).toISOString()).toBe("2026-03-30T00:00:00.000Z");
    expect(addDays(start, -28).toISOString()).toBe("2026-02-28T12:00:00.000Z");
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), (days) => {
        expect(daysBetween(start, addDays(start, days))).toBe(days);
      }),
    );
  });

  it("are counted from a clock that goes on", () => {
    const first = systemNow();
    expect(systemNow().getTime()).toBeGreaterThanOrEqual(first.getTime());
  });
});

describe("calendar dates in a zone", () => {
  it("know zones from words", () => {
    expect(["UTC", "Europe/Tirane", "Asia/Shanghai", "America/New_York"].every(isTimeZone)).toBe(
      true,
    );
    expect(["", "Mars/Olympus", "Europe"].some(isTimeZone)).toBe(false);
  });

  it("begin at the zone's midnight, on the days that the clock changes too", () => {
    const start = (date: string, zone: string) => startOfDateInZone(date, zone).toISOString();
    expect(start("2026-01-15", "Europe/Tirane")).toBe("2026-01-14T23:00:00.000Z");
    expect(start("2026-03-29", "Europe/Tirane")).toBe("2026-03-28T23:00:00.000Z");
    expect(start("2026-03-30", "Europe/Tirane")).toBe("2026-03-29T22:00:00.000Z");
    expect(start("2026-10-25", "Europe/Tirane")).toBe("2026-10-24T22:00:00.000Z");
    expect(start("2026-10-26", "Europe/Tirane")).toBe("2026-10-25T23:00:00.000Z");
    expect(start("2026-11-01", "America/New_York")).toBe("2026-11-01T04:00:00.000Z");
    expect(start("2026-11-02", "America/New_York")).toBe("2026-11-02T05:00:00.000Z");
    expect(start("2026-11-21", "Asia/Shanghai")).toBe("2026-11-20T16:00:00.000Z");
    expect(start("2026-11-21", "Asia/Kathmandu")).toBe("2026-11-20T18:15:00.000Z");
  });

  it("last 23, 24 or 25 hours", () => {
    const start = (date: string) => startOfDateInZone(date, "Europe/Tirane").getTime();
    const hours = (date: string, next: string) => (start(next) - start(date)) / HOUR_MS;
    expect(hours("2026-03-29", "2026-03-30")).toBe(23);
    expect(hours("2026-07-01", "2026-07-02")).toBe(24);
    expect(hours("2026-10-25", "2026-10-26")).toBe(25);
  });

  it("hold every instant from their first on, in any zone", () => {
    const zones = [
      "UTC",
      "Europe/Tirane",
      "America/New_York",
      "Asia/Shanghai",
      "Asia/Amman",
      "Africa/Cairo",
      "Pacific/Apia",
    ];
    const instants = fc.date({
      min: new Date("1997-01-01T00:00:00Z"),
      max: new Date("2030-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        const date = dateInZone(instant, zone);
        const start = startOfDateInZone(date, zone);
        expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
        expect(start.getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(dateInZone(start, zone)).toBe(date);
        expect(dateInZone(new Date(start.getTime() - 1), zone) < date).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("begin at the first midnight where the clock shows it twice", () => {
    // Amman turned its clocks back from 01:00 to 00:00 on 2021-10-29; the first 00:00 was still
    // summer time.
    expect(startOfDateInZone("2021-10-29", "Asia/Amman").toISOString()).toBe(
      "2021-10-28T21:00:00.000Z",
    );
  });

  it("that a zone left out begin where the next date does", () => {
    // Apia went over the date line and had no 2011-12-30.
    const [none, next] = ["2011-12-30", "2011-12-31"].map((date) =>
      startOfDateInZone(date, "Pacific/Apia"),
    );
    expect(none).toEqual(next);
  });

  it("begin at the first instant there is where midnight is skipped", () => {
    // Cairo moved its clocks from 00:00 to 01:00 on 2024-04-26: that date begins at 01:00.
    const start = startOfDateInZone("2024-04-26", "Africa/Cairo");
    expect(dateInZone(start, "Africa/Cairo")).toBe("2024-04-26");
    expect(dateInZone(new Date(start.getTime() - 1), "Africa/Cairo")).toBe("2024-04-25");
  });
});
