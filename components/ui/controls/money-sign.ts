/** Signs that everyone reads; any other currency is written by its code. */
const SIGNS: Record<string, string> = {
  ALL: "L",
  AUD: "A$",
  BRL: "R$",
  CAD: "CA$",
  CNY: "¥",
  CZK: "Kč",
  EUR: "€",
  GBP: "£",
  HKD: "HK$",
  ILS: "₪",
  INR: "₹",
  JPY: "¥",
  KRW: "₩",
  NZD: "NZ$",
  PLN: "zł",
  TRY: "₺",
  TWD: "NT$",
  UAH: "₴",
  USD: "$",
  VND: "₫",
};

/**
 * The currency's sign and the side on which the language writes it. A table of ours rather than
 * Intl: browsers lack some languages that the server has (Chromium: Albanian), and the two must
 * write the same.
 */
export function currencySign(currency: string, locale: string): { sign: string; before: boolean } {
  return { sign: SIGNS[currency] ?? currency, before: !locale.startsWith("sq") };
}
