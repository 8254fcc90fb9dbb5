"use client";

import type { ComponentProps } from "react";
import { Input } from "./input";

type MoneyInputProps = Omit<ComponentProps<typeof Input>, "type" | "prefix" | "suffix" | "inputMode"> & {
  /** ISO 4217, such as `EUR`. */
  currency: string;
  /** Decides the sign and its side; a BCP 47 tag. */
  locale?: string;
};

/** The currency's sign and the side on which the locale writes it. */
export function currencySign(currency: string, locale: string): { sign: string; before: boolean } {
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(1);
  const at = parts.findIndex((part) => part.type === "currency");
  return { sign: parts[at]?.value ?? currency, before: at === 0 };
}

/**
 * An amount of money, kept as the text that was typed: the server parses it (`lib/core/money.ts`), so no
 * floating-point number ever stands between a person and their cents.
 */
export function MoneyInput({ currency, locale = "en", className, ...props }: MoneyInputProps) {
  const { sign, before } = currencySign(currency, locale);
  return (
    <Input
      {...props}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      prefix={before ? sign : undefined}
      suffix={before ? undefined : sign}
      className={className}
    />
  );
}
