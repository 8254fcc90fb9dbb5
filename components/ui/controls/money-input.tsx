import type { ComponentProps } from "react";
import { Input } from "./input";
import { currencySign } from "./money-sign";

type MoneyInputProps = Omit<
  ComponentProps<typeof Input>,
  "type" | "prefix" | "suffix" | "inputMode"
> & {
  /** ISO 4217, such as `EUR`. */
  currency: string;
  /** Decides the sign and its side; a BCP 47 tag. */
  locale?: string;
};

/**
 * An amount of money, kept as the text that was typed: the server parses it (`lib/core/money.ts`),
 * so no floating-point number ever stands between a person and their cents.
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
