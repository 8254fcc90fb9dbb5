import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { DomainError } from "./errors";
import {
  add,
  allocate,
  type Asset,
  assetCode,
  assetScale,
  costOfPoints,
  currencyAsset,
  decimal,
  divide,
  formatMoney,
  formatPlotted,
  formatTick,
  formatPointCost,
  isCurrency,
  money,
  parseMoney,
  POINTS,
  type Rounding,
  shareOf,
} from "./money";

const assets: Asset[] = ["USD/2", "JPY/0", "KWD/3", "PTS/0"];
const anyAsset = fc.constantFrom(...assets);
const sensible = fc.bigInt(-(10n ** 15n), 10n ** 15n);
const roundings: Rounding[] = ["down", "up", "halfUp", "halfEven"];

describe("parseMoney and decimal", () => {
  it("are each other's inverse", () => {
    fc.assert(
      fc.property(sensible, anyAsset, (minor, asset) => {
        expect(parseMoney(decimal({ minor, asset }), asset)).toEqual({ minor, asset });
      }),
      { numRuns: 2000 },
    );
  });

  it("read what a shop sends, as text", () => {
    const read = (text: string, asset: Asset = "USD/2") => parseMoney(text, asset).minor;
    expect(read("19.99")).toBe(1999n);
    expect(read("19.9")).toBe(1990n);
    expect(read("19")).toBe(1900n);
    expect(read(" 0.07 ")).toBe(7n);
    expect(read("-0.50")).toBe(-50n);
    expect(read("1.005", "KWD/3")).toBe(1005n);
    expect(read("1999", "JPY/0")).toBe(1999n);
    // Floats get these wrong: 1.15 * 100 is 114.99999999999999, and 2^53 cents are not far away.
    expect(read("1.15")).toBe(115n);
    expect(read("9999999999999.99")).toBe(999_999_999_999_999n);
  });

  it("refuse what is no amount in the asset, and say where it stands", () => {
    const bad: [string, Asset][] = [
      ["", "USD/2"],
      ["19,99", "USD/2"],
      ["1e3", "USD/2"],
      ["19.999", "USD/2"],
      ["19.", "USD/2"],
      [".5", "USD/2"],
      ["+5", "USD/2"],
      ["0x10", "USD/2"],
      ["1 000", "USD/2"],
      ["NaN", "USD/2"],
      ["--1", "USD/2"],
      ["1.5", "JPY/0"],
      ["١٢", "USD/2"],
      ["10000000000000.01", "USD/2"],
      ["9".repeat(40), "USD/2"],
    ];
    for (const [text, asset] of bad) {
      expect(() => parseMoney(text, asset, "order.total"), text).toThrow(
        expect.objectContaining({ code: "invalid_request", path: "order.total" }),
      );
    }
    expect(() => parseMoney("1.5", "JPY/0")).toThrow('Write an amount in JPY like "1999".');
    expect(() => parseMoney("1.0005", "KWD/3")).toThrow('Write an amount in KWD like "19.999".');
  });

  it("write small and negative amounts in full", () => {
    expect(decimal(money(5n, "USD/2"))).toBe("0.05");
    expect(decimal(money(-5n, "USD/2"))).toBe("-0.05");
    expect(decimal(money(0n, "KWD/3"))).toBe("0.000");
    expect(decimal(money(-12n, "JPY/0"))).toBe("-12");
  });
});

describe("assets", () => {
  it("carry the scale of their currency", () => {
    expect(currencyAsset("USD")).toBe("USD/2");
    expect(currencyAsset("JPY")).toBe("JPY/0");
    expect(currencyAsset("KWD")).toBe("KWD/3");
    expect([assetCode("KWD/3"), assetScale("KWD/3")]).toEqual(["KWD", 3]);
    expect([assetCode(POINTS), assetScale(POINTS)]).toEqual(["PTS", 0]);
    expect(isCurrency("usd")).toBe(false);
    for (const code of ["PTS", "usd", "XX", ""])
      expect(() => currencyAsset(code), code).toThrow(DomainError);
  });

  it("do not mix in a sum", () => {
    expect(add(money(1n, "USD/2"), money(2n, "USD/2"))).toEqual({ minor: 3n, asset: "USD/2" });
    expect(() => add(money(1n, "USD/2"), money(2n, "EUR/2"))).toThrow(
      /cannot add EUR\/2 to USD\/2/,
    );
  });

  it("are written as people of the locale write them, exactly", () => {
    expect(formatMoney(money(123_456n, "USD/2"), "en")).toBe("$1,234.56");
    expect(formatMoney(money(-50n, "EUR/2"), "de")).toBe("-0,50\u00a0€");
    expect(formatMoney(money(1500n, "JPY/0"), "en")).toBe("¥1,500");
    expect(formatMoney(money(2500n, POINTS), "en")).toBe("2,500");
    expect(formatMoney(money(900_719_925_474_099_301n, "USD/2"), "en")).toBe(
      "$9,007,199,254,740,993.01",
    );
  });
});

describe("another runtime", () => {
  it("changes nothing about what a stored amount means", () => {
    const before = ["HUF", "USD", "JPY", "IQD"].map((code) => currencyAsset(code));
    const options = new Intl.NumberFormat("en").resolvedOptions();
    const asked = vi
      .spyOn(Intl.NumberFormat.prototype, "resolvedOptions")
      .mockReturnValue({ ...options, minimumFractionDigits: 0, maximumFractionDigits: 0 });
    const listed = vi.spyOn(Intl, "supportedValuesOf").mockReturnValue([]);
    expect(["HUF", "USD", "JPY", "IQD"].map((code) => currencyAsset(code))).toEqual(before);
    expect(parseMoney("12.34", currencyAsset("HUF")).minor).toBe(1234n);
    expect(isCurrency("HUF")).toBe(true);
    expect([asked, listed].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
    vi.restoreAllMocks();
  });
});

describe("amounts on pages", () => {
  it("have the decimals of the product, not of the runtime", () => {
    for (const code of ["HUF", "COP", "IDR", "PKR", "ALL"])
      expect(formatMoney(money(123_456n, currencyAsset(code)), "en"), code).toContain("1,234.56");
    expect(formatMoney(money(1_234_567n, currencyAsset("IQD")), "en")).toContain("1,234.567");
    expect(formatMoney(money(1000n, "HUF/2"), "en", 0)).toMatch(/^HUF\s10$/);
    expect(formatPlotted(1234.5, "HUF/2", "en")).toMatch(/1,234\.50$/);
    expect(formatTick(2500, "USD/2", "en", 0)).toBe("$2.5K");
    expect(formatTick(0.05, "USD/2", "en", 2)).toBe("$0.05");
    expect(formatTick(12, "USD/2", "en", 0)).toBe("$12");
    expect(formatPlotted(1234, "JPY/0", "en")).toBe("¥1,234");
    expect(formatPointCost(1000, "USD/2", "en")).toBe("$0.01");
    expect(formatPointCost(250, "USD/2", "en")).toBe("$0.0025");
    expect(formatPointCost(1000, "ALL/2", "en")).toMatch(/0\.01$/);
  });
});

describe("divide and shareOf", () => {
  it("round as defined, by distance from the exact fraction", () => {
    const [dividends, divisors] = [fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10_000n)];
    fc.assert(
      fc.property(dividends, divisors, fc.constantFrom(...roundings), (a, b, how) => {
        const result = divide(a, b, how);
        // Everything over the denominator b, so that no fraction is ever formed.
        const [exact, got] = [a, result * b];
        const off = got > exact ? got - exact : exact - got;
        const size = (value: bigint) => (value < 0n ? -value : value);
        expect(off < b).toBe(true);
        if (how === "down") expect(size(got) <= size(exact)).toBe(true);
        if (how === "up") expect(size(got) >= size(exact)).toBe(true);
        if (how === "halfUp" || how === "halfEven") expect(off * 2n <= b).toBe(true);
        if (off * 2n === b && how === "halfUp") expect(size(got) > size(exact)).toBe(true);
        if (off * 2n === b && how === "halfEven") expect(result % 2n).toBe(0n);
        if (exact % b === 0n) expect(off).toBe(0n);
        // The same on both sides of 0.
        expect(divide(-a, b, how)).toBe(-result);
      }),
      { numRuns: 3000 },
    );
  });

  it("meet the half where it is rare", () => {
    const halves = (how: Rounding) => [-3n, -1n, 1n, 3n, 5n].map((odd) => divide(odd, 2n, how));
    expect(halves("down")).toEqual([-1n, 0n, 0n, 1n, 2n]);
    expect(halves("up")).toEqual([-2n, -1n, 1n, 2n, 3n]);
    expect(halves("halfUp")).toEqual([-2n, -1n, 1n, 2n, 3n]);
    expect(halves("halfEven")).toEqual([-2n, 0n, 0n, 2n, 2n]);
    expect(() => divide(1n, 0n, "down")).toThrow("divisor is positive");
    expect(() => divide(1n, -2n, "down")).toThrow("divisor is positive");
  });

  it("take basis points of an amount", () => {
    expect(shareOf(1999n, 1000, "down")).toBe(199n);
    expect(shareOf(1999n, 1000, "halfUp")).toBe(200n);
    expect(() => shareOf(100n, 12.5, "down")).toThrow(/whole/);
    fc.assert(
      fc.property(sensible, fc.integer({ min: 0, max: 10_000 }), (minor, points) => {
        const [part, rest] = [
          shareOf(minor, points, "down"),
          shareOf(minor, 10_000 - points, "up"),
        ];
        expect(shareOf(minor, 10_000, "halfEven")).toBe(minor);
        // A part rounded down and the rest rounded up make the whole, or one unit more where
        // neither is whole.
        const over = part + rest - minor;
        expect(over === 0n || over === (minor < 0n ? -1n : 1n)).toBe(true);
        expect(part === 0n || part < 0n === minor < 0n).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("allocate", () => {
  const weights = fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 12 });
  const total = fc.bigInt(0n, 10n ** 15n);

  it("gives away exactly the total, each part within one unit of its share", () => {
    fc.assert(
      fc.property(total, weights, (whole, list) => {
        const parts = allocate(whole, list);
        const sum = list.reduce((left, right) => left + right, 0n);
        expect(parts.reduce((left, right) => left + right, 0n)).toBe(whole);
        parts.forEach((part, index) => {
          if (sum === 0n) return expect(part).toBe(index === 0 ? whole : 0n);
          const exact = whole * list[index]!;
          expect(part >= 0n && part * sum > exact - sum && part * sum < exact + sum).toBe(true);
          if (list[index] === 0n) expect(part).toBe(0n);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("never gives less to a larger weight", () => {
    fc.assert(
      fc.property(total, weights, (whole, list) => {
        if (list.every((weight) => weight === 0n)) return;
        const parts = allocate(whole, list);
        list.forEach((one, i) =>
          list.forEach((other, j) => {
            if (one > other) expect(parts[i]! >= parts[j]!).toBe(true);
          }),
        );
      }),
    );
  });

  it("gives what is left to the largest remainders, then to the earlier", () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(5n, [3n, 7n])).toEqual([2n, 3n]);
    expect(allocate(10n, [1n, 5n, 5n])).toEqual([1n, 5n, 4n]);
    expect(allocate(7n, [0n, 0n])).toEqual([7n, 0n]);
    expect(() => allocate(-1n, [1n])).toThrow("not negative");
    expect(() => allocate(1n, [])).toThrow("not negative");
    expect(() => allocate(1n, [1n, -1n])).toThrow("not negative");
  });
});

describe("what points cost", () => {
  it("is rounded up, and nothing while nothing is outstanding", () => {
    expect([
      costOfPoints(1_000n, 250),
      costOfPoints(3n, 250),
      costOfPoints(0n, 250),
      costOfPoints(-5n, 250),
    ]).toEqual([250n, 1n, 0n, 0n]);
  });

  it("is never less than the exact cost, and less than a minor unit above it", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.nat(1_000_000), (points, milli) => {
        const exact = points * BigInt(milli);
        const rounded = costOfPoints(points, milli) * 1000n;
        expect(rounded >= exact && rounded - exact < 1000n).toBe(true);
      }),
    );
  });
});
