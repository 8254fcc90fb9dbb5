import { Link } from "@/components/ui/controls/link";
import { cx } from "@/components/ui/cx";
import { BadgeCelebration } from "@/components/loyalty/badges/badge-celebration";
import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
import { Card } from "@/components/ui/content/card";
import { ProgressBar } from "@/components/ui/content/progress-bar";
import { localized } from "@/lib/core/i18n/localized";
import { type CustomerBadge, customerBadges } from "@/lib/loyalty/badges/queries/badges";
import { newlyReached, type NewlyReached } from "@/lib/loyalty/queries";
import { type CustomerTiers, customerTiers } from "@/lib/loyalty/tiers/queries/customer-tier";
import type { HomeContext } from "../_home/context";
import { claimCelebration } from "./actions";
import { keepWords, nextWords, sentences, shareOfWay, type TierReader } from "./tier-words";

const SHOWN = 6;

/**
 * Where the reader stands and what comes next, with the latest badges; nothing where the shop has
 * neither tiers nor badges.
 */
export async function TiersSection({
  t,
  locale,
  found: { program, shop },
  entry: { scope, customerId },
}: HomeContext) {
  const [tiers, badges, fresh] = await Promise.all([
    customerTiers(scope, customerId),
    customerBadges(scope, customerId, { withProgress: false }),
    newlyReached(scope, customerId),
  ]);
  if (!tiers && badges.length === 0) return null;
  const reader: TierReader = {
    t,
    locale,
    currency: scope.currency,
    timeZone: shop.timeZone,
    shop: shop.name,
  };
  const earned = badges
    .filter(({ award }) => award !== null)
    .sort((a, b) => b.award!.awardedAt.getTime() - a.award!.awardedAt.getTime());
  return (
    <Card>
      <section className="flex flex-col gap-4" aria-label={t("tiers.title")}>
        <BadgeCelebration
          words={freshWords(fresh, badges, reader)}
          claim={claimCelebration.bind(null, program.slug)}
          colors={colorsOf(tiers, earned)}
        />
        {tiers ? <TierProgress tiers={tiers} reader={reader} /> : null}
        {badges.length > 0 ? (
          <div>
            <h3 className="mb-2 text-sm font-medium">{t("tiers.badges")}</h3>
            {earned.length > 0 ? (
              <ul className="flex flex-wrap items-center gap-2">
                {earned.slice(0, SHOWN).map(({ id, icon, color, name }) => (
                  <li key={id}>
                    <BadgeMedal
                      icon={icon}
                      color={color}
                      size={44}
                      label={localized(name, locale)}
                    />
                  </li>
                ))}
                {earned.length > SHOWN ? (
                  <li className="figure text-sm text-ink-muted">+{earned.length - SHOWN}</li>
                ) : null}
              </ul>
            ) : (
              <p className="text-sm text-ink-muted">
                {t("tiers.badgesNone", { count: badges.length })}
              </p>
            )}
          </div>
        ) : null}
        <Link
          href={`/refer/${program.slug}/tiers`}
          className={cx(
            "self-start rounded-control text-sm font-medium text-accent-text",
            "underline underline-offset-3",
          )}
        >
          {t("tiers.open")}
        </Link>
      </section>
    </Card>
  );
}

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
