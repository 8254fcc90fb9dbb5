import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accentTokens,
  accentVariables,
  contrastRatio,
  DEFAULT_ACCENT,
  GROUNDS,
  mix,
  parseHex,
  readableOn,
  relativeLuminance,
  toHex,
} from "./color";

const anyHex = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map(([r, g, b]) => toHex({ r, g, b }));

describe("hex colours", () => {
  it("reads three and six digits, with and without the sign, in any case", () => {
    expect(parseHex("#fA0")).toEqual({ r: 255, g: 170, b: 0 });
    expect(parseHex(" 2747a6 ")).toEqual({ r: 39, g: 71, b: 166 });
  });

  it.each(["", "#12", "#12345", "#12345g", "red", "url(#a)", "#fff;color:red"])(
    "refuses %j",
    (text) => {
      expect(parseHex(text)).toBeNull();
    },
  );

  it("comes back from text unchanged", () => {
    fc.assert(fc.property(anyHex, (hex) => toHex(parseHex(hex) ?? { r: 0, g: 0, b: 0 }) === hex));
  });
});

describe("contrast", () => {
  it("agrees with the published values", () => {
    expect(relativeLuminance("#000000")).toBe(0);
    expect(relativeLuminance("#ffffff")).toBe(1);
    expect(contrastRatio("#000", "#fff")).toBeCloseTo(21, 10);
    // The usual example of a grey that just fails, and the one that just passes, on white.
    expect(contrastRatio("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrastRatio("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  it("throws on what is no colour", () => {
    expect(() => relativeLuminance("blue")).toThrow(RangeError);
    expect(() => accentTokens("blue")).toThrow(RangeError);
  });

  it("finds readable text on any ground", () => {
    fc.assert(fc.property(anyHex, (hex) => contrastRatio(readableOn(hex), hex) >= 4.5));
  });

  it("mixes as a translucent layer would", () => {
    expect(mix("#ffffff", "#000000", 0.5)).toBe("#808080");
    expect(mix("#123456", "#abcdef", 1)).toBe("#123456");
  });
});

describe("accentTokens", () => {
  it("keeps every promise of contrast, for any accent, in both schemes", () => {
    fc.assert(
      fc.property(anyHex, (hex) => {
        const report = accentTokens(hex);
        for (const scheme of ["light", "dark"] as const) {
          const tokens = report[scheme];
          const { paper, surface, raised, sunken } = GROUNDS[scheme];
          for (const ground of [paper, surface, raised, sunken]) {
            expect(contrastRatio(tokens.accentText, ground)).toBeGreaterThanOrEqual(4.5);
            expect(contrastRatio(tokens.accentMark, ground)).toBeGreaterThanOrEqual(3);
          }
          expect(contrastRatio(tokens.accentText, tokens.accentSoft)).toBeGreaterThanOrEqual(4.5);
          expect(contrastRatio(tokens.accentInk, tokens.accent)).toBeGreaterThanOrEqual(4.5);
          expect(contrastRatio(tokens.accentInk, tokens.accentHover)).toBeGreaterThanOrEqual(4.5);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leaves a colour alone that already reads, and says when it did not", () => {
    expect(accentTokens(DEFAULT_ACCENT)).toMatchObject({
      corrected: false,
      light: { accent: DEFAULT_ACCENT },
    });
    const yellow = accentTokens("#FFE100");
    expect(yellow.corrected).toBe(true);
    expect(yellow.light.accent).toBe("#ffe100");
  });

  it("keeps the hue when it corrects", () => {
    const text = parseHex(accentTokens("#ffe100").light.accentText);
    expect(text && text.r > text.g && text.g > text.b * 3).toBe(true);
  });
});

describe("app/globals.css", () => {
  const css = readFileSync(new URL("../../../app/globals.css", import.meta.url), "utf8");
  const token = (name: string, scheme: "light" | "dark") => {
    const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
    const value = match?.[scheme === "light" ? 1 : 2];
    if (!value) throw new Error(`no token --${name}`);
    return value;
  };

  it("holds the grounds and the accent that the arithmetic assumes", () => {
    for (const scheme of ["light", "dark"] as const) {
      for (const [name, value] of Object.entries(GROUNDS[scheme]))
        expect([name, token(name, scheme)]).toEqual([name, value]);
    }
    for (const [name, value] of Object.entries(accentVariables(DEFAULT_ACCENT)))
      expect(css).toContain(`${name}: ${value};`);
  });

  it.each(["light", "dark"] as const)("reads everywhere in %s", (scheme) => {
    const grounds = ["paper", "surface", "raised", "sunken"].map((name) => token(name, scheme));
    for (const ground of grounds) {
      for (const text of ["ink", "ink-muted", "good", "warn", "bad"]) {
        expect([text, ground, contrastRatio(token(text, scheme), ground) >= 4.5]).toEqual([
          text,
          ground,
          true,
        ]);
      }
    }
    for (const ground of grounds.slice(0, 3)) {
      for (const shape of ["line-strong", "series-2", "series-3", "series-4", "series-5"]) {
        expect([shape, ground, contrastRatio(token(shape, scheme), ground) >= 3]).toEqual([
          shape,
          ground,
          true,
        ]);
      }
    }
    for (const tone of ["good", "warn", "bad"]) {
      for (const text of [tone, "ink", "ink-muted"]) {
        const reads = contrastRatio(token(text, scheme), token(`${tone}-soft`, scheme)) >= 4.5;
        expect([text, tone, reads]).toEqual([text, tone, true]);
      }
    }
    expect(contrastRatio("#ffffff", token("bad-fill", scheme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["light", "dark"] as const)(
    "keeps figures readable on the deepest heat of any accent in %s",
    (scheme) => {
      const deepest = scheme === "light" ? 0.46 : 0.34;
      fc.assert(
        fc.property(anyHex, (hex) => {
          const ground = mix(
            accentTokens(hex)[scheme].accentMark,
            GROUNDS[scheme].surface,
            deepest,
          );
          return contrastRatio(GROUNDS[scheme].ink, ground) >= 4.5;
        }),
      );
    },
  );
});
