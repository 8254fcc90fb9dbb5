import { translator } from "@/lib/core/i18n/translator";
import { parseMoney } from "@/lib/core/money";
import type { ItemWorth } from "@/lib/loyalty/catalogue/schema/item";
import { benefitAsset } from "@/lib/terms/rules/worth";
import { worthWords } from "@/lib/terms/words/promises";

/** What an item gives, in English: "$5 off". */
export function itemWorthText({ benefit, calculator }: ItemWorth, currency: string): string {
  const amount =
    calculator.kind === "fixed"
      ? parseMoney(calculator.amount, benefitAsset(benefit, currency))
      : null;
  return worthWords(translator("en"), benefit, amount, "en");
}
