import { type Answer, type Interval, known, requireNonNegative, unknown } from "../answer";
import { criticalZ, proportion, type Share } from "../comparisons/proportion";

/**
 * Share of answers 4 and 5 on a scale of 1 to 5, with its Wilson interval. Throws RangeError off
 * the scale.
 */
export function customerSatisfaction(
  answers: readonly number[],
  level = 0.95,
): Answer<Share, "no_answers"> {
  if (!answers.every((a) => Number.isInteger(a) && a >= 1 && a <= 5))
    throw new RangeError("CSAT answers are 1 to 5");
  const share = proportion(answers.filter((a) => a >= 4).length, answers.length, level);
  return share.value === null ? unknown("no_answers") : known(share.value);
}

export type PromoterCounts = { promoters: number; passives: number; detractors: number };
export type PromoterScore = PromoterCounts & {
  /** Points from −100 to 100, as is the custom. */
  score: number;
  interval: Interval;
};

/**
 * Sorts answers of 0 to 10: 9 and 10 promote, 7 and 8 are passive, 0 to 6 detract (Reichheld 2003).
 */
export function promoterCounts(answers: readonly number[]): PromoterCounts {
  if (!answers.every((a) => Number.isInteger(a) && a >= 0 && a <= 10))
    throw new RangeError("NPS answers are 0 to 10");
  const promoters = answers.filter((a) => a >= 9).length;
  const detractors = answers.filter((a) => a <= 6).length;
  return { promoters, detractors, passives: answers.length - promoters - detractors };
}

/**
 * Net promoter score: % promoters − % detractors, with the adjusted Wald interval (Rocks 2016):
 * three imaginary answers, ¾ promoting and ¾ detracting, keep it honest for few or unanimous
 * answers.
 */
export function netPromoterScore(
  counts: PromoterCounts,
  level = 0.95,
): Answer<PromoterScore, "no_answers"> {
  const { promoters, passives, detractors } = counts;
  for (const [name, count] of Object.entries(counts)) requireNonNegative(name, count);
  const n = promoters + passives + detractors;
  if (n === 0) return unknown("no_answers");
  const score = (100 * (promoters - detractors)) / n;
  const up = (promoters + 0.75) / (n + 3);
  const down = (detractors + 0.75) / (n + 3);
  const half = criticalZ(level) * Math.sqrt((up + down - (up - down) ** 2) / (n + 3));
  const low = Math.max(-100, Math.min(score, 100 * (up - down - half)));
  const high = Math.min(100, Math.max(score, 100 * (up - down + half)));
  return known({ ...counts, score, interval: { low, high, level, method: "adjusted Wald" } });
}
