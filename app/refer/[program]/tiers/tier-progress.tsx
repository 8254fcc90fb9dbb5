import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
import { ProgressBar } from "@/components/ui/content/progress-bar";
import { localized } from "@/lib/core/i18n/localized";
import type { CustomerBadge } from "@/lib/loyalty/badges/queries/badges";
import type { NewlyReached } from "@/lib/loyalty/queries";
import type { CustomerTiers } from "@/lib/loyalty/tiers/queries/customer-tier";
import { keepWords, nextWords, sentences, shareOfWay, type TierReader } from "./tier-words";

/** The tier with its medal, the way to the next, and the sentence that says both. */
export function TierProgress({ tiers, reader }: { tiers: CustomerTiers; reader: TierReader }) {
  const { t } = reader;
  const { tier, ladder, progress } = tiers;
  const next = nextWords(tiers, reader);
  const shown = tier ?? ladder.tiers[0]!;
  return (
    <div className="flex items-start gap-4">
      <BadgeMedal
        icon={shown.icon}
        color={shown.color}
        earned={tier !== null}
        shape="shield"
        size={60}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div>
          <p className="text-[0.8125rem]/5 text-ink-muted">{t("tiers.current")}</p>
          <h2 className="text-lg/6 font-semibold tracking-tight [overflow-wrap:anywhere]">
            {tier ? tier.name : t("tiers.tierNone")}
          </h2>
        </div>
        <ProgressBar
          share={shareOfWay(tiers)}
          label={next ?? t("tiers.top")}
          tone={progress.keep?.inGrace ? "warn" : "accent"}
        />
        {keepWords(tiers, reader).length > 0 ? (
          <p className="text-sm/6 text-ink-muted">
            {sentences(keepWords(tiers, reader), reader.locale)}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Says what is new, for everyone whether paper falls or not; null for nothing. */
export function freshWords(
  fresh: NewlyReached | null,
  badges: readonly CustomerBadge[],
  { t, locale }: TierReader,
): string | null {
  if (!fresh) return null;
  const names = badges
    .filter(({ id }) => fresh.badgeIds.includes(id))
    .map(({ name }) => localized(name, locale));
  const parts = [
    ...(fresh.tierName ? [t("tiers.newTier", { tier: fresh.tierName })] : []),
    ...(names.length > 0
      ? [t("tiers.newBadges", { count: names.length, names: names.join(" · ") })]
      : []),
  ];
  return sentences(parts, locale);
}

export function colorsOf(tiers: CustomerTiers | null, badges: readonly CustomerBadge[]): string[] {
  return [
    ...(tiers?.tier ? [tiers.tier.color] : []),
    ...badges.slice(0, 4).map(({ color }) => color),
    "#e2b253",
    "#d98f52",
    "#56b09e",
  ];
}
