import { remembered } from "./collections/remembered";
import { decimalsOf } from "./values/currency";
import { readDecimal, writeDecimal } from "./values/decimal";
import { assert, DomainError } from "./errors";

/**
 * A currency or a kind of points with the number of its decimal places: "USD/2", "JPY/0", "PTS/0".
 */
export type Asset = `${string}/${number}`;

/** An exact amount: whole minor units of one asset. */
export type Money = { readonly minor: bigint; readonly asset: Asset };

export const POINTS: Asset = "PTS/0";

/**
 * How to round a fraction of a minor unit; every call names it. "halfUp" rounds a half away from
 * zero.
 */
export type Rounding = "down" | "up" | "halfUp" | "halfEven";

/** The asset of an ISO 4217 code, with its scale: USD → "USD/2", JPY → "JPY/0", KWD → "KWD/3". */
export function currencyAsset(code: string): Asset {
  const decimals = decimalsOf(code);
  if (decimals === null)
    throw new DomainError("invalid_request", `"${code}" is not a currency.`, "currency");
  return `${code}/${decimals}`;
}

/** True for an ISO 4217 code of money, in capitals. */
export function isCurrency(code: string): boolean {
  return decimalsOf(code) !== null;
}

/** The currency code: "USD" of "USD/2". */
export function assetCode(asset: Asset): string {
  return asset.slice(0, asset.indexOf("/"));
}

/** The number of decimals: 2 of "USD/2". */
export function assetScale(asset: Asset): number {
  return Number(asset.slice(asset.indexOf("/") + 1));
}

export function money(minor: bigint, asset: Asset): Money {
  return { minor, asset };
}

/** The largest amount accepted from outside: sums of many still fit a 64-bit column. */
export const MAX_MINOR = 10n ** 15n;

/**
 * The one reader of an amount: "19.99" as text, never as a float.
 * @throws DomainError invalid_request for anything but digits with at most the asset's decimals, or
 * beyond 10^15 minor units.
 */
export function parseMoney(text: string, asset: Asset, path = "amount"): Money {
  const scale = assetScale(asset);
  const minor = readDecimal(text, scale);
  if (minor === null) {
    const example = scale === 0 ? "1999" : `19.${"9".repeat(scale)}`;
    const message = `Write an amount in ${assetCode(asset)} like "${example}".`;
    throw new DomainError("invalid_request", message, path);
  }
  if (minor > MAX_MINOR || minor < -MAX_MINOR)
    throw new DomainError("invalid_request", "This amount is too large.", path);
  return { minor, asset };
}

/** The decimal string of an amount, as in JSON: 1999 of "USD/2" → "19.99". */
export function decimal({ minor, asset }: Money): string {
  return writeDecimal(minor, assetScale(asset));
}

/** Making a format takes far longer than using it. */
const formats = remembered<Intl.NumberFormat>(500);

/**
 * Formats an amount of money for a locale: "$19.99", "19,99 €". For points, the caller adds the
 * word.
 * @param fewest the fewest decimals to write; all of the asset's by default
 */
export function formatMoney(amount: Money, locale: string, fewest?: number): string {
  // Intl takes a decimal string exactly; a number would lose digits beyond 2^53.
  const exact = decimal(amount) as Intl.StringNumericLiteral;
  const { asset } = amount;
  const format = formats(`${locale} ${asset} ${fewest}`, () =>
    asset === POINTS ? new Intl.NumberFormat(locale) : moneyFormat(asset, locale, fewest),
  );
  return format.format(exact);
}

function moneyFormat(asset: Asset, locale: string, fewest: number | undefined): Intl.NumberFormat {
  const scale = assetScale(asset);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: assetCode(asset),
    minimumFractionDigits: fewest ?? scale,
    maximumFractionDigits: scale,
  });
}

/**
 * An amount for a point of a chart: "$1,234.50".
 * @param major in whole units of the currency: a chart draws numbers
 */
export function formatPlotted(major: number, asset: Asset, locale: string): string {
  return plotted(major, asset, locale, assetScale(asset));
}

/**
 * An amount beside an axis: "$2.5K" from a thousand on where `digits` is 0, else with as many
 * digits as tell one tick from the next.
 */
export function formatTick(major: number, asset: Asset, locale: string, digits: number): string {
  if (digits > 0 || Math.abs(major) < 1_000) return plotted(major, asset, locale, digits);
  return plotted(major, asset, locale, 2, { notation: "compact", minimumFractionDigits: 0 });
}

function plotted(
  major: number,
  asset: Asset,
  locale: string,
  digits: number,
  more: Intl.NumberFormatOptions = {},
): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: assetCode(asset),
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...more,
  }).format(major);
}

/**
 * What a point costs, as people write it: "$0.01", "$0.0025".
 * @param costMilli thousandths of a minor unit
 */
export function formatPointCost(costMilli: number, asset: Asset, locale: string): string {
  const scale = assetScale(asset);
  const finer: Asset = `${assetCode(asset)}/${scale + 3}`;
  return formatMoney({ minor: BigInt(costMilli), asset: finer }, locale, scale);
}

/** The smaller of two whole numbers. */
export function lesser(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** Sum of amounts of one asset. @throws when assets differ. */
export function add(left: Money, right: Money): Money {
  assert(left.asset === right.asset, `cannot add ${right.asset} to ${left.asset}`);
  return { minor: left.minor + right.minor, asset: left.asset };
}

/** `minor` × `basisPoints` / 10,000, rounded as named. */
export function shareOf(minor: bigint, basisPoints: number, rounding: Rounding): bigint {
  assert(Number.isInteger(basisPoints), "basis points are whole");
  return divide(minor * BigInt(basisPoints), 10_000n, rounding);
}

/**
 * What points cost the shop, in minor units of its currency, rounded up.
 * @param costMilli thousandths of a minor unit per point
 */
export function costOfPoints(points: bigint, costMilli: number): bigint {
  return points <= 0n ? 0n : divide(points * BigInt(costMilli), 1000n, "up");
}

/** Exact division of whole numbers, rounded as named. `divisor` is positive. */
export function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  assert(divisor > 0n, "divisor is positive");
  const negative = dividend < 0n;
  const size = negative ? -dividend : dividend;
  const whole = size / divisor;
  const twice = (size % divisor) * 2n;
  const remainder = twice > 0n;
  const roundsAway =
    rounding === "up"
      ? remainder
      : rounding === "halfUp"
        ? twice >= divisor
        : rounding === "halfEven"
          ? twice > divisor || (twice === divisor && whole % 2n === 1n)
          : false;
  const result = roundsAway ? whole + 1n : whole;
  return negative ? -result : result;
}

/**
 * Splits a total by weights so that the parts add up exactly: what rounding leaves goes to the
 * largest remainders (Hamilton's method), ties to the earlier weight. If all weights are 0, the
 * first gets everything.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  assert(
    total >= 0n && weights.length > 0 && weights.every((weight) => weight >= 0n),
    "weights are not negative",
  );
  const sum = weights.reduce((left, right) => left + right, 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const parts = weights.map((weight) => (total * weight) / sum);
  let left = total - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    parts[index] = parts[index]! + 1n;
    left -= 1n;
  }
  return parts;
}
