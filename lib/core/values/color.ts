import { remembered } from "../collections/remembered";

/**
 * Colour arithmetic for one promise: whatever accent a merchant picks, text stays readable in light
 * and dark. Sources: WCAG 2.2 (relative luminance, contrast ratio) and Björn Ottosson's OKLab
 * (2020) for changes of lightness that keep the hue.
 */

/**
 * Linear work happens on 0–255 integers here; `parseHex` is the only way in, `toHex` the only way
 * out.
 */
export type Rgb = { r: number; g: number; b: number };

type AccentTokens = {
  /** Fill of the primary button and of selected things. */
  accent: string;
  /** The fill while pointed at. */
  accentHover: string;
  /** Text on the fill, at least 4.5:1 on `accent` and `accentHover`. */
  accentInk: string;
  /** The accent as text, at least 4.5:1 on paper, surface, raised and on `accentSoft`. */
  accentText: string;
  /**
   * The accent as a shape (focus ring, chart line, border of the fill), at least 3:1 on every
   * ground.
   */
  accentMark: string;
  /** A quiet tint of the ground. */
  accentSoft: string;
};

export type AccentReport = {
  light: AccentTokens;
  dark: AccentTokens;
  /** True when the merchant's own colour could not be used unchanged as text on light paper. */
  corrected: boolean;
};

/**
 * The colours that accents are measured against; `app/globals.css` holds the same (a test compares
 * them).
 */
export const GROUNDS = {
  light: {
    paper: "#faf7f2",
    surface: "#fffdfa",
    raised: "#ffffff",
    sunken: "#f2ede4",
    ink: "#211c15",
  },
  dark: {
    paper: "#151310",
    surface: "#1c1916",
    raised: "#24201c",
    sunken: "#2b2621",
    ink: "#f3eee6",
  },
} as const;

/** Goodword's own accent: the blue of ink from a pen. */
export const DEFAULT_ACCENT = "#2747a6";

const TEXT_RATIO = 4.5;
const SHAPE_RATIO = 3;

/** `#abc` or `#aabbcc`, with or without `#`, any case → Rgb; anything else → null. */
export function parseHex(text: string): Rgb | null {
  const match = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim());
  const digits = match?.[1];
  if (!digits) return null;
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const value = Number.parseInt(full, 16);
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 };
}

/** Rgb → lower-case `#rrggbb`; channels are rounded and clamped. */
export function toHex({ r, g, b }: Rgb): string {
  const pair = (channel: number) =>
    Math.min(255, Math.max(0, Math.round(channel)))
      .toString(16)
      .padStart(2, "0");
  return `#${pair(r)}${pair(g)}${pair(b)}`;
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function gamma(share: number): number {
  const value =
    share <= 0.0031308 ? share * 12.92 : 1.055 * Math.max(share, 0) ** (1 / 2.4) - 0.055;
  return value * 255;
}

function need(hex: string): Rgb {
  const rgb = parseHex(hex);
  if (!rgb) throw new RangeError(`Not a hex colour: ${hex}`);
  return rgb;
}

/**
 * WCAG 2.2 relative luminance, 0 (black) to 1 (white). Throws RangeError when `hex` is no colour.
 */
export function relativeLuminance(hex: string): number {
  const { r, g, b } = need(hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** WCAG 2.2 contrast ratio, 1 to 21, the same in both directions. */
export function contrastRatio(one: string, other: string): number {
  const a = relativeLuminance(one);
  const b = relativeLuminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/**
 * The calmest of white, warm ink and black that reads at 4.5:1 on `ground`; one of them always
 * does.
 */
export function readableOn(ground: string): string {
  const choices = ["#ffffff", GROUNDS.light.ink, "#000000"];
  return choices.find((choice) => contrastRatio(choice, ground) >= TEXT_RATIO) ?? "#000000";
}

/** `share` of `over` laid on `under`, 0 to 1, mixed in sRGB as a translucent layer would be. */
export function mix(over: string, under: string, share: number): string {
  const a = need(over);
  const b = need(under);
  const blend = (x: number, y: number) => x * share + y * (1 - share);
  return toHex({ r: blend(a.r, b.r), g: blend(a.g, b.g), b: blend(a.b, b.b) });
}

type Oklch = { l: number; c: number; h: number };

function toOklch(hex: string): Oklch {
  const rgb = need(hex);
  const [r, g, b] = [linear(rgb.r), linear(rgb.g), linear(rgb.b)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { l: lightness, c: Math.hypot(a, bb), h: Math.atan2(bb, a) };
}

function linearFromOklch({ l, c, h }: Oklch): [number, number, number] {
  const a = c * Math.cos(h);
  const b = c * Math.sin(h);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** Out-of-gamut colours give up chroma, never hue or lightness. */
function fromOklch(colour: Oklch): string {
  let { c } = colour;
  for (let step = 0; step < 40; step += 1) {
    const channels = linearFromOklch({ ...colour, c });
    if (channels.every((channel) => channel >= -0.0005 && channel <= 1.0005)) break;
    c *= 0.92;
  }
  const [r, g, b] = linearFromOklch({ ...colour, c });
  return toHex({ r: gamma(r), g: gamma(g), b: gamma(b) });
}

/**
 * The nearest lightness of `hex` that keeps `ratio` on every ground, going darker or lighter as
 * told.
 */
function shiftUntil(
  hex: string,
  grounds: readonly string[],
  ratio: number,
  towards: "dark" | "light",
): string {
  const passes = (colour: string) =>
    grounds.every((ground) => contrastRatio(colour, ground) >= ratio);
  if (passes(hex)) return hex;
  const start = toOklch(hex);
  for (let step = 1; step <= 200; step += 1) {
    const l = towards === "dark" ? start.l - step * 0.005 : start.l + step * 0.005;
    if (l <= 0 || l >= 1) break;
    const candidate = fromOklch({ ...start, l });
    if (passes(candidate)) return candidate;
  }
  return towards === "dark" ? "#000000" : "#ffffff";
}

/** A pointed-at fill: a step darker, or lighter where darker would swallow its own text. */
function hoverOf(accent: string, ink: string): string {
  const darker = mix("#000000", accent, 0.12);
  return contrastRatio(darker, ink) >= TEXT_RATIO ? darker : mix("#ffffff", accent, 0.12);
}

function tokensOn(hex: string, scheme: "light" | "dark"): AccentTokens {
  const ground = GROUNDS[scheme];
  const grounds = [ground.paper, ground.surface, ground.raised, ground.sunken];
  const towards = scheme === "light" ? "dark" : "light";
  const accentMark = shiftUntil(hex, grounds, SHAPE_RATIO, towards);
  // On light paper the merchant's colour is kept as it is and edged with the mark when pale; on
  // dark paper a dark fill would sink into the page, so the fill itself is lifted.
  const accent =
    scheme === "light"
      ? hex
      : shiftUntil(hex, [ground.paper, ground.surface], SHAPE_RATIO, towards);
  const accentInk = readableOn(accent);
  const accentSoft = mix(accentMark, ground.surface, scheme === "light" ? 0.09 : 0.16);
  const accentText = shiftUntil(hex, [...grounds, accentSoft], TEXT_RATIO, towards);
  const accentHover = hoverOf(accent, accentInk);
  return { accent, accentHover, accentInk, accentText, accentMark, accentSoft };
}

/** They take some hundred contrasts, and every page and email of a shop asks for the same. */
const reports = remembered<AccentReport>(1_000);

/**
 * A merchant's accent as usable tokens for both schemes, corrected where contrast asks for it.
 * Throws RangeError when `hex` is no colour.
 */
export function accentTokens(hex: string): AccentReport {
  const clean = toHex(need(hex));
  return reports(clean, () => {
    const light = tokensOn(clean, "light");
    return { light, dark: tokensOn(clean, "dark"), corrected: light.accentText !== clean };
  });
}

/**
 * The tokens as the CSS custom properties that `app/globals.css` reads from any `[data-accent]`
 * element.
 */
export function accentVariables(hex: string): Record<`--${string}`, string> {
  const variables: Record<`--${string}`, string> = {};
  const report = accentTokens(hex);
  for (const scheme of ["light", "dark"] as const) {
    for (const [name, value] of Object.entries(report[scheme])) {
      const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      variables[`--${scheme}-${kebab}`] = value;
    }
  }
  return variables;
}
