import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Money } from "@/lib/core/money";
import { writeMultiplier } from "@/lib/core/values/percent";
import type { CountKind } from "../facts/conditions";
import type { WorthStep } from "../facts/worked";
import { amountWords, percentWords } from "./amounts";

/** Who reads how an amount was worked out, and so what they may see of it. */
export type WorkedReader = {
  t: Translate;
  locale: Locale;
  /** Whether the order is theirs to see: else only what came of it is said. */
  seesOrder: boolean;
  seesCount: (of: CountKind) => boolean;
};

/**
 * How an amount was worked out, a line for each step: "10% of the order of $49.90 = $4.99". Each
 * line has what its result follows from, but for what is not the reader's to see.
 */
export function workedLines(steps: readonly WorthStep[], reader: WorkedReader): string[] {
  return steps.map((step) => {
    const line = lineOf(step, reader);
    return isExact(step) ? line : reader.t("worked.rounded", { line });
  });
}

function lineOf(step: WorthStep, reader: WorkedReader): string {
  const { t, locale, seesOrder } = reader;
  const words = (amount: Money) => amountWords(t, amount, locale);
  const number = (value: number | bigint) => new Intl.NumberFormat(locale).format(value);
  const result = words(step.result);
  switch (step.step) {
    case "fixed":
    case "at_least":
    case "at_most":
      return t(`worked.${step.step}`, { result });
    case "share": {
      const share = { share: percentWords(step.shareBp, locale), base: baseWords(step, reader) };
      return step.per
        ? t("worked.sharePoints", { ...share, per: words(step.per), result })
        : t("worked.share", { ...share, result });
    }
    case "per_unit": {
      const { per, amount, base } = step;
      const unit = { amount: words(amount), per: words(per), base: baseWords(step, reader) };
      const units = number(base.minor / per.minor);
      return seesOrder
        ? t("worked.perUnit", { ...unit, units, result })
        : t("worked.perUnitHidden", { ...unit, result });
    }
    case "by_amount":
      return t("worked.byAmount", {
        base: baseWords({ ...step, lines: false }, reader),
        from: words(step.from),
        result,
      });
    case "by_count":
      return reader.seesCount(step.of)
        ? t("worked.byCount", { count: number(step.count), from: number(step.from), result })
        : t("worked.byCountHidden", { from: number(step.from), result });
    case "multiplied":
      return t("worked.multiplied", {
        before: words(step.before),
        factors: factorWords(step, t),
        result,
      });
  }
}

/** "1.5 (Grove) × 2 (Double week)". */
function factorWords(
  { factors, multiplierBp }: Extract<WorthStep, { step: "multiplied" }>,
  t: Translate,
): string {
  const named = factors.map(({ name, multiplierBp: times }) =>
    name === null
      ? writeMultiplier(times)
      : t("worked.factor", { times: writeMultiplier(times), name }),
  );
  // What was rounded once all were known is said as it was used.
  const together = factors.reduce((product, one) => product * BigInt(one.multiplierBp), 1n);
  const isProduct = together === BigInt(multiplierBp) * 10_000n ** BigInt(factors.length - 1);
  return isProduct ? named.join(" × ") : writeMultiplier(multiplierBp);
}

function baseWords({ base, lines }: { base: Money; lines: boolean }, reader: WorkedReader): string {
  const { t, locale, seesOrder } = reader;
  if (!seesOrder) return t(lines ? "worked.friendsLines" : "worked.friendsOrder");
  const amount = amountWords(t, base, locale);
  return t(lines ? "worked.lines" : "worked.order", { amount });
}

/** Whether nothing was rounded away by a step. */
function isExact(step: WorthStep): boolean {
  if (step.step === "share")
    return (step.base.minor * BigInt(step.shareBp)) % (10_000n * (step.per?.minor ?? 1n)) === 0n;
  if (step.step === "multiplied")
    return (step.before.minor * BigInt(step.multiplierBp)) % 10_000n === 0n;
  // "For each full …" says by itself what becomes of the rest.
  return true;
}
