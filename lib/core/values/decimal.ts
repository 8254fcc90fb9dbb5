/**
 * The one reader of a decimal number: exact, never through a float. "19.99" and "19.9900" at scale
 * 2 → 1999n.
 * @param scale how many decimals count; more than that in the text are refused, unless they are 0
 * @returns the number times 10^scale; null for anything but digits with an optional sign and part
 */
export function readDecimal(text: string, scale: number): bigint | null {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text.trim());
  const said = match?.[3] ?? "";
  const part = said.length > scale ? said.replace(/0+$/, "") : said;
  if (!match || part.length > scale) return null;
  const size = BigInt(match[2]! + part.padEnd(scale, "0"));
  return match[1] === "-" ? -size : size;
}

/** 1999n at scale 2 → "19.99": the inverse of `readDecimal`, with all decimals. */
export function writeDecimal(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return value < 0n ? `-${text}` : text;
}
