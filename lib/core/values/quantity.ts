import { readDecimal, writeDecimal } from "./decimal";

/** How many decimals of a quantity count: what is sold by weight has a part of a piece. */
const SCALE = 6;
/** The most decimals that a quantity may be written with; those beyond what counts are rounded. */
const MOST_DECIMALS = 18;
const ROUND = 10n ** BigInt(MOST_DECIMALS - SCALE);

/**
 * The one reader of a quantity: 2, 0.5, "0.5000" or "1.333333333". Never less exact than a
 * millionth of a piece.
 * @returns millionths of a piece, rounded half up; null for what is no number
 */
export function readQuantity(value: number | string): bigint | null {
  const text = typeof value === "number" ? plain(value) : value;
  const fine = text === null ? null : readDecimal(text, MOST_DECIMALS);
  if (fine === null) return null;
  const size = ((fine < 0n ? -fine : fine) + ROUND / 2n) / ROUND;
  return fine < 0n ? -size : size;
}

/** Millionths of a piece as a person writes them: "2", "0.5". */
export function writeQuantity(millionths: bigint): string {
  return writeDecimal(millionths, SCALE).replace(/\.?0+$/, "");
}

/** The digits of a number of JSON, also where it is so small that JavaScript writes an exponent. */
function plain(value: number): string | null {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return null;
  const text = String(value);
  return text.includes("e") ? value.toFixed(MOST_DECIMALS) : text;
}
