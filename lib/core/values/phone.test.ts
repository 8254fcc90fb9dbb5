import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phoneIdentity, readPhone } from "./phone";

describe("a phone number", () => {
  it.each([
    ["+355 69 123 4567", "+355691234567"],
    ["+355 (0)69 123-4567", "+355691234567"],
    ["00355 69 1234567", "+355691234567"],
    ["+1 (212) 555-0187", "+12125550187"],
    ["+49 (0)30 / 901 820", "+4930901820"],
    ["tel:+86 138 1234 5678", "+8613812345678"],
    ["+355\u200b69\u00a0123\u20114567", "+355691234567"],
    ["＋３５５ ６９１２３４５６７", "+355691234567"],
    ["069 123 4567", "691234567"],
    ["+1 212 555 0187 ext. 12", "+12125550187"],
  ])("reads %s as %s", (text, phone) => expect(readPhone(text)).toBe(phone));

  it.each(["", "n/a", "000000000", "111111111", "12345", "+12", "ana@example.com", "1".repeat(40)])(
    "refuses %j",
    (text) => expect(readPhone(text)).toBeNull(),
  );

  it("is the same with and without its international code", () => {
    const written = ["+355 69 123 4567", "0691234567", "69 123 4567", "00355691234567"];
    expect(new Set(written.map((text) => phoneIdentity(readPhone(text)!)))).toEqual(
      new Set(["691234567"]),
    );
  });

  it("stays as it is when it is read again", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?[0-9 ()-]{6,20}$/), (text) => {
        const phone = readPhone(text);
        if (phone !== null) expect(readPhone(phone)).toBe(phone);
      }),
    );
  });
});
