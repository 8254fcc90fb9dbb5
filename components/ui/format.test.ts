import { describe, expect, it } from "vitest";
import { dateTimeText, moneyText, relativeText } from "./format";
import { currencySign } from "./controls/money-sign";

describe("what people read", () => {
  it("writes money exactly, beyond what a float holds", () => {
    expect(moneyText({ minor: 9007199254740993n, asset: "USD/2" }, "en")).toBe(
      "$90,071,992,547,409.93",
    );
    expect(moneyText({ minor: "-1999", asset: "USD/2" }, "en")).toBe("-$19.99");
    expect(moneyText({ minor: 500n, asset: "USD/2" }, "en", true)).toBe("+$5.00");
    expect(moneyText({ minor: 0n, asset: "PTS/0" }, "en", true)).toBe("0");
  });

  it("writes a moment in the zone that it is told", () => {
    const date = new Date("2026-03-12T23:30:00Z");
    const look = "date" as const;
    expect(dateTimeText(date, { locale: "en", timeZone: "UTC", look })).toBe("Mar 12, 2026");
    expect(dateTimeText(date, { locale: "en", timeZone: "Asia/Shanghai", look })).toBe(
      "Mar 13, 2026",
    );
  });

  it.each([
    ["2026-03-10T12:00:00Z", "2 days ago"],
    ["2026-03-13T12:00:00Z", "tomorrow"],
    ["2026-03-12T11:00:01Z", "59 minutes ago"],
    ["2026-03-12T11:59:30Z", "now"],
    ["2026-06-12T12:00:00Z", "in 3 months"],
  ])("%s is %s", (at, text) => {
    expect(relativeText(new Date(at), new Date("2026-03-12T12:00:00Z"), "en")).toBe(text);
  });

  it("knows a sign or falls back on the code", () => {
    expect(currencySign("EUR", "en")).toEqual({ sign: "€", before: true });
    expect(currencySign("ALL", "sq")).toEqual({ sign: "L", before: false });
    expect(currencySign("CHF", "en").sign).toBe("CHF");
  });
});
