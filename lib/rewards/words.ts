import { amountWords } from "@/lib/terms/words/amounts";
import { workedLines, type WorkedReader } from "@/lib/terms/words/worked";
import { type Explained, type Explanation, explain } from "./rules/explain";

type ReceiptLike = Omit<Explained, "grantedMinor"> & {
  steps: readonly { amountMinor: bigint | null }[];
};

/**
 * How a reward came to its amount, in lines: each step from the rule to what was granted, and what
 * became of it since. None for what is not an amount, or of which that is not on record.
 */
export function explanationLines(reward: ReceiptLike, reader: WorkedReader): string[] {
  const grantedMinor = reward.steps[0]?.amountMinor ?? null;
  const explanation = explain({ ...reward, grantedMinor });
  if (!explanation) return [];
  const { granted, now, since, isFallback } = explanation;
  const { t } = reader;
  return [
    ...(isFallback ? [t("worked.fallback")] : []),
    // What was given outright follows from no rule.
    ...(reward.terms.given ? [] : workedLines(granted, reader)),
    ...workedLines(now ?? [], reader).map((line) => t("worked.now", { line })),
    ...(since ? [sinceLine(since, reader)] : []),
  ];
}

/** "$10 granted − $4 reversed = $6". */
function sinceLine(
  { granted, left, ...changes }: NonNullable<Explanation["since"]>,
  { t, locale }: WorkedReader,
): string {
  const parts = (["raised", "reversed", "withheld"] as const).filter(
    (change) => changes[change].minor > 0n,
  );
  return [
    t("worked.granted", { amount: amountWords(t, granted, locale) }),
    ...parts.map((part) => t(`worked.${part}`, { amount: amountWords(t, changes[part], locale) })),
    t("worked.left", { amount: amountWords(t, left, locale) }),
  ].join(" ");
}
