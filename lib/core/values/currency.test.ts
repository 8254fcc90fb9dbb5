import { data } from "currency-codes";
import { expect, it } from "vitest";
import { decimalsOf } from "./currency";

/** ISO 4217: every currency whose minor unit is not a hundredth. */
const NOT_TWO: Record<string, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

it("has the decimals of ISO 4217, whatever the runtime says", () => {
  const others = new Map(
    Object.entries(NOT_TWO).flatMap(([decimals, codes]) =>
      codes.split(" ").map((code) => [code, Number(decimals)] as const),
    ),
  );
  const known = data.map(({ code }) => code).filter((code) => decimalsOf(code) !== null);
  expect(known.length).toBeGreaterThan(150);
  for (const code of known) {
    const inTwo = code === "XDR" || code === "XSU";
    expect([code, decimalsOf(code)]).toEqual([code, inTwo ? 2 : (others.get(code) ?? 2)]);
  }
  for (const [code, decimals] of others) expect([code, decimalsOf(code)]).toEqual([code, decimals]);
});

it("keeps the sixteen that Node 20.20 reads differently", () => {
  const sixteen = "AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR SOS SYP YER";
  expect(sixteen.split(" ").map((code) => `${code}/${decimalsOf(code)}`)).toEqual(
    sixteen.split(" ").map((code) => (code === "IQD" ? "IQD/3" : `${code}/2`)),
  );
});

it("knows what came after the list and what was withdrawn, and nothing that is no money", () => {
  expect(["XCG", "ZWG", "HRK", "SLL"].map(decimalsOf)).toEqual([2, 2, 2, 2]);
  expect(["XAU", "XXX", "XTS", "PTS", "usd", ""].map(decimalsOf)).toEqual(
    Array.from({ length: 6 }, () => null),
  );
});
