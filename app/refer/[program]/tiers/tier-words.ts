import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { formatMoney } from "@/lib/core/money";
import { dateFormat } from "@/lib/core/zones/format";
import type { CustomerTiers, TierStepRow } from "@/lib/loyalty/tiers/queries/customer-tier";
import type { Ladder } from "@/lib/loyalty/tiers/queries/ladder";
import { metricAsset, type TierMetric } from "@/lib/loyalty/tiers/schema";

export type TierReader = {
  t: Translate;
  locale: Locale;
  currency: string;
  timeZone: string;
  shop: string;
};

const KIND = {
  referrals: "Referrals",
  points: "Points",
  revenue: "Revenue",
} as const satisfies Record<TierMetric, string>;

function counted(
  minor: bigint,
  metric: TierMetric,
  { locale, currency }: TierReader,
): { count: number; amount: string } {
  const asset = metricAsset(metric, currency);
  return {
    count: Number(minor),
    amount: metric === "revenue" ? formatMoney({ minor, asset }, locale) : "",
  };
}

/** The last day of a time that ends at an instant. */
export function lastDay(end: Date, { locale, timeZone }: TierReader): string {
  return dateFormat(locale, { dateStyle: "long", timeZone }).format(new Date(end.getTime() - 1));
}

/** What a tier asks for: "3 qualified friends". */
export function thresholdWords(threshold: bigint, metric: TierMetric, reader: TierReader): string {
  return reader.t(`tiers.threshold${KIND[metric]}`, counted(threshold, metric, reader));
}

/** "2 more friends until Gold"; null at the top of the ladder. */
export function nextWords(
  { ladder, progress: { next } }: CustomerTiers,
  reader: TierReader,
): string | null {
  const tier = ladder.tiers.find(({ id }) => id === next?.tierId);
  if (!next || !tier) return null;
  return reader.t(`tiers.next${KIND[ladder.metric]}`, {
    ...counted(next.remaining, ladder.metric, reader),
    tier: tier.name,
  });
}

/** Until when the tier is theirs, and what keeps it for longer. */
export function keepWords(
  { ladder, tier, progress: { keep } }: CustomerTiers,
  reader: TierReader,
): string[] {
  if (!keep || !tier) return [];
  const { t } = reader;
  const about = {
    ...counted(keep.remaining, ladder.metric, reader),
    tier: tier.name,
    date: lastDay(keep.inGrace ? keep.graceUntil : keep.until, reader),
  };
  if (keep.inGrace) return [t(`tiers.grace${KIND[ladder.metric]}`, about)];
  const until = t("tiers.keepUntil", { date: about.date });
  return [
    until,
    keep.remaining === 0n ? t("tiers.keepSafe") : t(`tiers.keep${KIND[ladder.metric]}`, about),
  ];
}

/** Sentences one after the other; Chinese ones need no blank between them. */
export function sentences(parts: readonly string[], locale: Locale): string {
  return parts.join(locale === "zh" ? "" : " ");
}

/** Over which time things count. */
export function windowWords({ window, windowDays }: Ladder, { t }: TierReader): string {
  return window === "rolling"
    ? t("tiers.windowRolling", { days: windowDays })
    : t("tiers.windowYear");
}

/** How far the way from the tier they have to the next is, 0 to 1; 1 at the top. */
export function shareOfWay({ progress: { value, next } }: CustomerTiers): number {
  return next ? Math.min(1, Number(value) / Number(next.threshold)) : 1;
}

/** A step of the history in words. */
export function stepWords(
  { reason, fromName, toName }: TierStepRow,
  { t, shop }: TierReader,
): string {
  const [from, to] = [fromName ?? "", toName ?? ""];
  switch (reason) {
    case "renewed":
      return t("tiers.step.renewed", { to });
    case "lapsed":
      return toName ? t("tiers.step.expired", { from, to }) : t("tiers.step.expiredOut", { from });
    case "taken_back":
      return toName
        ? t("tiers.step.refunded", { from, to })
        : t("tiers.step.refundedOut", { from });
    case "rules_changed":
      return toName
        ? t("tiers.step.rulesChanged", { shop, to })
        : t("tiers.step.rulesChangedOut", { shop, from });
    default:
      return t("tiers.step.reached", { to });
  }
}
