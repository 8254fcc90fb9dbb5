import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIban } from "./iban";

/** Examples that the registry of IBANs prints; they belong to nobody. */
const EXAMPLES = [
  "DE89370400440532013000",
  "AL47212110090000000235698741",
  "GB29NWBK60161331926819",
  "FR1420041010050500013M02606",
  "NO9386011117947",
  "MT84MALT011000012345MTLCAST001S",
];
const iban = fc.constantFrom(...EXAMPLES);

describe("an IBAN", () => {
  it("is read in groups, in small letters, full-width, and with what nobody sees", () => {
    const wide = [..."DE89370400440532013000"]
      .map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
      .join("");
    for (const text of [
      "DE89 3704 0044 0532 0130 00",
      " de89-3704-0044-0532-0130-00\n",
      "DE89\u00a03704\u200b0044\u20600532 0130 00",
      wide,
    ])
      expect(readIban(text), text).toBe("DE89370400440532013000");
  });

  it("reads its own answer as the same", () => {
    for (const text of EXAMPLES) expect(readIban(text)).toBe(text);
  });

  it("is refused with any one digit changed, and with any two neighbours swapped", () => {
    fc.assert(
      fc.property(iban, fc.nat(), fc.integer({ min: 1, max: 9 }), (text, at, by) => {
        const digits = [...text].flatMap((sign, index) => (/\d/.test(sign) ? [index] : []));
        const place = digits[at % digits.length]!;
        const other = (Number(text[place]) + by) % 10;
        expect(readIban(text.slice(0, place) + other + text.slice(place + 1))).toBeNull();
        const next = text[place + 1];
        if (next && next !== text[place])
          expect(
            readIban(text.slice(0, place) + next + text[place] + text.slice(place + 2)),
          ).toBeNull();
      }),
    );
  });

  it.each([
    "",
    "DE",
    "DE8937040044053201300",
    "DE893704004405320130000",
    "XX89370400440532013000",
    "US64SVBKUS6S3300958879",
    "=DE89370400440532013000",
    "DE89370400440532013000;DROP",
    `DE89${" ".repeat(200)}370400440532013000`,
    "DE٨٩370400440532013000",
  ])("is not %j", (text) => {
    expect(readIban(text)).toBeNull();
  });
});
