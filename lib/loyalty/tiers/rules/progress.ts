import type { CustomerTier, TierRules } from "./follow-tier";
import { type TierFact, WindowCounter } from "./window";

export type TierProgress = {
  /** What counts now. */
  value: bigint;
  next: { tierId: string; threshold: bigint; remaining: bigint } | null;
  /**
   * Null without a tier. `remaining`: what is still missing to keep it for longer; 0 when that is
   * done.
   */
  keep: { until: Date; inGrace: boolean; graceUntil: Date; remaining: bigint } | null;
};

/** How far it is to the next tier, and what keeps the present one. */
export function progressOf(
  rules: TierRules,
  facts: readonly TierFact[],
  customerTier: CustomerTier | null,
  now: Date,
): TierProgress {
  const counter = new WindowCounter(
    rules,
    facts.filter(({ at }) => at <= now),
  );
  const value = counter.valueAt(now.getTime());
  const rank = rules.tiers.findIndex(({ id }) => id === customerTier?.tierId);
  const next = rules.tiers[rank + 1];
  return {
    value,
    next: next
      ? { tierId: next.id, threshold: next.threshold, remaining: positive(next.threshold - value) }
      : null,
    keep:
      customerTier && rank >= 0
        ? keepOf(counter, rules.tiers[rank]!.threshold, customerTier, now)
        : null,
  };
}

function keepOf(
  counter: WindowCounter,
  threshold: bigint,
  { keepUntil, graceUntil }: CustomerTier,
  now: Date,
): TierProgress["keep"] {
  const inGrace = now >= keepUntil;
  const end = inGrace ? now.getTime() : counter.lastMomentBefore(keepUntil.getTime());
  const counted = counter.between(counter.windowStart(end), now.getTime());
  return { until: keepUntil, inGrace, graceUntil, remaining: positive(threshold - counted) };
}

function positive(value: bigint): bigint {
  return value > 0n ? value : 0n;
}
