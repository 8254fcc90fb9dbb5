import { describe, expect, it, vi } from "vitest";
import { currencyChoices, timeZoneChoices } from "@/lib/merchants/rules/choices";
import { signUpSchema } from "@/lib/merchants/schema";
import {
  dateInZone,
  isTimeZone,
  startOfDateInZone,
  zoneName,
  zoneNames,
  zoneOffsetMs,
} from "../time";
import { dateFormat } from "./format";

const HOUR = 3_600_000;

describe("time zones", () => {
  it("are listed by today's names, each once", () => {
    const values = timeZoneChoices().map(({ value }) => value);
    const today = "Europe/Kyiv Asia/Kolkata Asia/Ho_Chi_Minh Asia/Kathmandu Asia/Yangon UTC";
    for (const zone of today.split(" ")) expect(values).toContain(zone);
    const old = "Europe/Kiev Asia/Calcutta Asia/Saigon Asia/Katmandu Asia/Rangoon US/Eastern";
    for (const zone of old.split(" ")) expect(values).not.toContain(zone);
    expect(new Set(values.map(zoneName)).size).toBe(values.length);
    expect(timeZoneChoices("Asia/Calcutta").map(({ value }) => value)).toEqual(values);
    expect(timeZoneChoices().find(({ value }) => value === "Asia/Kolkata")?.label).toBe(
      "Asia/Kolkata (GMT+5:30)",
    );
  });

  it("mean the same under an old and today's name", () => {
    const renamed: [string, string][] = [
      ["Asia/Calcutta", "Asia/Kolkata"],
      ["Asia/Saigon", "Asia/Ho_Chi_Minh"],
      ["Europe/Kiev", "Europe/Kyiv"],
      ["Asia/Rangoon", "Asia/Yangon"],
      ["Africa/Asmera", "Africa/Asmara"],
      ["America/Godthab", "America/Nuuk"],
      ["Atlantic/Faeroe", "Atlantic/Faroe"],
      ["Pacific/Truk", "Pacific/Chuuk"],
      ["US/Pacific", "America/Los_Angeles"],
      ["asia/calcutta", "Asia/Kolkata"],
      ["Etc/UTC", "UTC"],
      ["GMT", "UTC"],
      ["Singapore", "Asia/Singapore"],
      ["Etc/GMT-5", "Etc/GMT-5"],
      ["Africa/Accra", "Africa/Accra"],
    ];
    for (const [zone, today] of renamed) expect([zone, zoneName(zone)]).toEqual([zone, today]);
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      expect([zone, isTimeZone(zone)]).toEqual([zone, true]);
      expect(zoneNames()).toContain(zoneName(zone));
    }
    expect(isTimeZone("Mars/Olympus")).toBe(false);
  });

  it("do not ask the runtime where a day begins", () => {
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
    expect(dateInZone(new Date("2026-12-15T07:30:00Z"), "America/Vancouver")).toBe("2026-12-15");
    startOfDateInZone("2026-12-15", "America/Vancouver");
    expect(asked).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("write the day on which a report counts", () => {
    const night = new Date("2026-12-15T07:30:00Z");
    const zone = "America/Vancouver";
    const long = (timeZone: string) =>
      dateFormat("en", { dateStyle: "long", timeZone }).format(night);
    expect(long(zone)).toBe("December 15, 2026");
    expect(long("Asia/Kathmandu")).toBe("December 15, 2026");
    expect(long("America/Los_Angeles")).toBe("December 14, 2026");
    const full = { dateStyle: "full", timeStyle: "long", timeZone: "Asia/Kolkata" } as const;
    expect(dateFormat("en", full).format(night)).toContain("GMT+5:30");
  });

  it("are stored by today's names", () => {
    const account = {
      email: "owner@example.com",
      password: "four words work well",
      name: "Ada",
      shopName: "Tea & Cups",
      currency: currencyChoices()[0]!.value,
    };
    expect(signUpSchema.parse({ ...account, timeZone: "Asia/Calcutta" }).timeZone).toBe(
      "Asia/Kolkata",
    );
    expect(signUpSchema.safeParse({ ...account, timeZone: "Asia/Nowhere" }).success).toBe(false);
  });

  it("have the offsets of the product, to the second and in every century", () => {
    const ahead = (at: string, zone: string) => zoneOffsetMs(new Date(at), zone) / HOUR;
    expect(ahead("2026-11-15T12:00:00Z", "America/Vancouver")).toBe(-7);
    expect(ahead("2025-12-15T12:00:00Z", "America/Vancouver")).toBe(-8);
    expect(ahead("2026-07-01T12:00:00Z", "Europe/Tirane")).toBe(2);
    expect(ahead("2060-01-15T12:00:00Z", "Europe/Tirane")).toBe(1);
    expect(ahead("2060-07-15T12:00:00Z", "Europe/Tirane")).toBe(2);
    expect(zoneOffsetMs(new Date("1850-01-01T00:00:00Z"), "Europe/Paris")).toBe(561_000);
    expect(() => zoneOffsetMs(new Date(), "Mars/Olympus")).toThrow(RangeError);
    // Samoa had no 30 December 2011.
    expect(dateInZone(startOfDateInZone("2011-12-30", "Pacific/Apia"), "Pacific/Apia")).toBe(
      "2011-12-31",
    );
  });
});
