import { expect, it } from "vitest";
import { expiryDates, NEVER_EXPIRES } from "./expiry";

const EXPIRY = { unissuedDays: 10, issuedDays: 30, remindDays: 7 };

it("expires at the end of the last day in the merchant's zone, with a reminder before", () => {
  expect(expiryDates(EXPIRY, "issued", new Date("2026-05-01T10:00:00Z"), "UTC")).toEqual({
    expiresAt: new Date("2026-05-31T23:59:59.999Z"),
    remindAt: new Date("2026-05-24T23:59:59.999Z"),
  });
  expect(
    expiryDates(EXPIRY, "unissued", new Date("2026-05-01T23:30:00Z"), "Europe/Tirane").expiresAt,
  ).toEqual(new Date("2026-05-12T21:59:59.999Z"));
});

it("knows days of 23 and of 25 hours", () => {
  const on = (from: string) =>
    expiryDates({ ...EXPIRY, issuedDays: 1 }, "issued", new Date(from), "Europe/Berlin").expiresAt;
  expect(on("2026-03-28T12:00:00Z")).toEqual(new Date("2026-03-29T21:59:59.999Z"));
  expect(on("2026-10-24T12:00:00Z")).toEqual(new Date("2026-10-25T22:59:59.999Z"));
});

it("never lapses where nothing is said, and does not remind at once", () => {
  const from = new Date("2026-05-01T10:00:00Z");
  expect(expiryDates(undefined, "issued", from, "UTC")).toEqual(NEVER_EXPIRES);
  expect(expiryDates({ ...EXPIRY, issuedDays: null }, "issued", from, "UTC")).toEqual(
    NEVER_EXPIRES,
  );
  expect(expiryDates({ ...EXPIRY, issuedDays: 5 }, "issued", from, "UTC").remindAt).toBeNull();
  expect(expiryDates({ ...EXPIRY, remindDays: null }, "issued", from, "UTC").remindAt).toBeNull();
});
