import { data } from "currency-codes";

/**
 * The currencies of ISO 4217 and how many decimals each has, from a list that is part of the
 * product. A runtime has its own opinion, by its version: Node 20.20 gives the forint no decimals
 * and 20.19 gives it two, and money stored under the one would be read a hundredfold by the other.
 */

/** Codes of the list that no shop's money is counted in: metals, accounting units, tests. */
const NO_MONEY = new Set(
  "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split(" "), // XAF, XCD, XOF, XPF are money.
);

/**
 * Codes that the list does not have: younger than it, or withdrawn, which shops that were opened
 * with them keep. XDR and XSU have no minor unit in ISO; books in them were always kept in two.
 */
const BESIDE_THE_LIST: Readonly<Record<string, number>> = {
  XAD: 2,
  XCG: 2,
  HRK: 2,
  SLL: 2,
  ZWL: 2,
  XDR: 2,
  XSU: 2,
};

const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...data
    .filter(({ code }) => !NO_MONEY.has(code))
    .map(({ code, digits }) => [code, digits] as const),
  ...Object.entries(BESIDE_THE_LIST),
]);

/** How many decimals a currency has: 2 for USD, 0 for JPY; null for what is no currency. */
export function decimalsOf(code: string): number | null {
  return DECIMALS.get(code) ?? null;
}
