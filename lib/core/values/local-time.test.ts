import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localTimeWithOffset, readLocalTime, writeLocalTime } from "./local-time";

const iso = (text: string, zone: string) => readLocalTime(text, zone)?.toISOString();

describe("a local time", () => {
  it("is read by the offset at that time, not at that day's beginning", () => {
    // The clock goes from 02:00 to 03:00 in that night, and back on the other.
    expect(iso("2027-03-28T01:59", "Europe/Berlin")).toBe("2027-03-28T00:59:00.000Z");
    expect(iso("2027-03-28T03:00", "Europe/Berlin")).toBe("2027-03-28T01:00:00.000Z");
    expect(iso("2027-03-28T19:00", "Europe/Berlin")).toBe("2027-03-28T17:00:00.000Z");
    expect(iso("2027-10-31T19:00", "Europe/Berlin")).toBe("2027-10-31T18:00:00.000Z");
    expect(localTimeWithOffset("2027-03-28T19:00", "Europe/Berlin")).toBe(
      "2027-03-28T19:00:00+02:00",
    );
  });

  it("that the clock leaves out is moved on by what was left out", () => {
    expect(iso("2027-03-28T02:30", "Europe/Berlin")).toBe("2027-03-28T01:30:00.000Z");
    expect(localTimeWithOffset("2027-03-28T02:30", "Europe/Berlin")).toBe(
      "2027-03-28T03:30:00+02:00",
    );
    expect(iso("2027-03-14T02:30", "America/New_York")).toBe("2027-03-14T07:30:00.000Z");
    // Lord Howe moves by half an hour, Cairo at midnight, and Apia once left out a whole day.
    expect(iso("2026-10-04T02:10", "Australia/Lord_Howe")).toBe("2026-10-03T15:40:00.000Z");
    expect(iso("2024-04-26T00:30", "Africa/Cairo")).toBe("2024-04-25T22:30:00.000Z");
    expect(iso("2011-12-30T12:00", "Pacific/Apia")).toBe("2011-12-30T22:00:00.000Z");
  });

  it("that the clock shows twice is the first of both", () => {
    expect(iso("2027-10-31T02:30", "Europe/Berlin")).toBe("2027-10-31T00:30:00.000Z");
    expect(iso("2027-11-07T01:30", "America/New_York")).toBe("2027-11-07T05:30:00.000Z");
    expect(localTimeWithOffset("2027-10-31T02:30", "Europe/Berlin")).toBe(
      "2027-10-31T02:30:00+02:00",
    );
  });

  it("stays as it is while its year is being typed", () => {
    for (const year of ["0002", "0020", "0202", "2027"]) {
      const typed = `${year}-07-20T19:00`;
      expect(localTimeWithOffset(typed, "Europe/Berlin")?.slice(0, 16)).toBe(typed);
      expect(localTimeWithOffset(typed, "America/New_York")?.slice(0, 16)).toBe(typed);
    }
  });

  it("may have seconds, which browsers add where the field had some", () => {
    expect(iso("2027-03-20T19:00:00", "UTC")).toBe("2027-03-20T19:00:00.000Z");
  });

  it.each(["", "2027-03-20", "2027-02-30T10:00", "2027-03-20T25:00", "2027-03-20 19:00", "soon"])(
    "is not %j",
    (text) => {
      expect(readLocalTime(text, "UTC")).toBeNull();
      expect(localTimeWithOffset(text, "UTC")).toBeNull();
    },
  );

  const zones = fc.constantFrom(
    "UTC",
    "Europe/Tirane",
    "America/New_York",
    "America/St_Johns",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Asia/Amman",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/Santiago",
  );
  const instants = fc
    .date({
      min: new Date("1975-01-01T00:00:00Z"),
      max: new Date("2036-12-31T00:00:00Z"),
      noInvalidDate: true,
    })
    .map((date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000));

  it("of an instant leads back to it, or to its twin on a night with an hour twice", () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const local = writeLocalTime(instant, zone);
        const read = readLocalTime(local, zone)!;
        expect(read.getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(instant.getTime() - read.getTime()).toBeLessThanOrEqual(3 * 3_600_000);
        expect(writeLocalTime(read, zone)).toBe(local);
        expect(new Date(localTimeWithOffset(local, zone)!)).toEqual(read);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is later where its text is later, but for an hour that comes twice", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 600 }), zones, (date, minutes, zone) => {
        const local = (ms: number) => new Date(ms).toISOString().slice(0, 16);
        const earlier = readLocalTime(local(date.getTime()), zone)!;
        const later = readLocalTime(local(date.getTime() + minutes * 60_000), zone)!;
        const passed = (later.getTime() - earlier.getTime()) / 60_000;
        expect(passed).toBeGreaterThan(minutes - 24 * 60 - 1);
        expect(Math.abs(passed - minutes)).toBeLessThanOrEqual(24 * 60);
      }),
      { numRuns: 500 },
    );
  });
});
