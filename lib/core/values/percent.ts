import { readDecimal, writeDecimal } from "./decimal";

/** Longer texts are refused unread, since normalising takes time. */
const MAX_TYPED = 100;

/** All of something, in basis points. */
export const WHOLE_BP = 10_000;

/**
 * The one reader of a percentage: "12.5", "12,5" or "12.5 %" → 1250 basis points, exact.
 * @returns null for anything but 0 to 100 with at most two decimals
 */
export function readPercent(text: string): number | null {
  if (text.length > MAX_TYPED) return null;
  const number = text.normalize("NFKC").trim().replace(/\s*%$/, "").replace(",", ".");
  const basisPoints = /^\d{1,3}(?:\.|$)/.test(number) ? readDecimal(number, 2) : null;
  return basisPoints !== null && basisPoints <= WHOLE_BP ? Number(basisPoints) : null;
}

/** 1250 basis points → "12.5", as `readPercent` reads it. */
export function writePercent(basisPoints: number): string {
  return shortest(basisPoints, 2);
}

/**
 * The one reader of a multiplier: "2", "1.5" or "1,5" → 20000, 15000 basis points, exact.
 * @returns null for anything but 0 to 99.99 with at most two decimals
 */
export function readMultiplier(text: string): number | null {
  if (text.length > MAX_TYPED) return null;
  const number = text.normalize("NFKC").trim().replace(",", ".");
  const hundredths = /^\d{1,2}(?:\.|$)/.test(number) ? readDecimal(number, 2) : null;
  return hundredths === null ? null : Number(hundredths) * 100;
}

/** 15000 basis points → "1.5", as `readMultiplier` reads it. */
export function writeMultiplier(basisPoints: number): string {
  return shortest(basisPoints, 4);
}

function shortest(basisPoints: number, scale: number): string {
  return writeDecimal(BigInt(basisPoints), scale).replace(/\.?0+$/, "");
}
