import { Check } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { reader as pageReader } from "@/app/reader";
import { BadgeCelebration } from "@/components/loyalty/badges/badge-celebration";
import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
import { Card, CardHeader } from "@/components/ui/content/card";
import { ProgressBar } from "@/components/ui/content/progress-bar";
import { Timeline } from "@/components/ui/content/timeline";
import { customerScope } from "@/lib/auth/customer";
import { localized } from "@/lib/core/i18n/localized";
import { writeMultiplier } from "@/lib/core/values/percent";
import { dateFormat } from "@/lib/core/zones/format";
import { type CustomerBadge, customerBadges } from "@/lib/loyalty/badges/queries/badges";
import { newlyReached } from "@/lib/loyalty/queries";
import {
  type CustomerTiers,
  customerTiers,
  tierHistory,
  type TierStepRow,
} from "@/lib/loyalty/tiers/queries/customer-tier";
import { CustomerFrame } from "../_home/customer-frame";
import { loadProgram } from "../load";
import { Missing } from "../missing";
import { colorsOf, freshWords, TierProgress } from "./tier-progress";
import { claimCelebration } from "./actions";
import { type TierReader, stepWords, thresholdWords, windowWords } from "./tier-words";

type Props = { params: Promise<{ program: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { program } = await params;
  const found = await loadProgram(program);
  const { t } = await pageReader();
  return {
    title: found ? `${t("tiers.title")} · ${found.shop.name}` : t("closed.programUnknownTitle"),
  };
}

/** A customer's tiers and badges: the ladder, their tier's history, and all badges. */
export default async function TiersPage({ params }: Props) {
  const { program: slug } = await params;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const entry = await customerScope(slug);
  if (!entry) redirect(`/refer/${slug}`);
  const { t, locale } = await pageReader();
  const { scope, customerId } = entry;
  const reader: TierReader = {
    t,
    locale,
    currency: scope.currency,
    timeZone: found.shop.timeZone,
    shop: found.shop.name,
  };
  const [tiers, badges, history, fresh] = await Promise.all([
    customerTiers(scope, customerId),
    customerBadges(scope, customerId, { withProgress: true }),
    tierHistory(scope, customerId, 20),
    newlyReached(scope, customerId),
  ]);
  if (!tiers && badges.length === 0) redirect(`/refer/${slug}`);
  return (
    <CustomerFrame found={found} entry={entry}>
      <header className="flex flex-col gap-2">
        <h1 className="text-[1.75rem]/9 font-semibold tracking-tight">{t("tiers.title")}</h1>
        <BadgeCelebration
          words={freshWords(fresh, badges, reader)}
          claim={claimCelebration.bind(null, slug)}
          colors={colorsOf(
            tiers,
            badges.filter(({ award }) => award),
          )}
        />
      </header>
      {tiers ? (
        <>
          <Card>
            <TierProgress tiers={tiers} reader={reader} />
          </Card>
          <TierLadder tiers={tiers} reader={reader} />
        </>
      ) : null}
      {badges.length > 0 ? <BadgeWall badges={badges} reader={reader} /> : null}
      {tiers && history.length > 0 ? <History steps={history} reader={reader} /> : null}
    </CustomerFrame>
  );
}

function TierLadder({
  tiers: { ladder, tier },
  reader,
}: {
  tiers: CustomerTiers;
  reader: TierReader;
}) {
  const { t, locale } = reader;
  return (
    <Card>
      <CardHeader title={t("tiers.ladder")} description={windowWords(ladder, reader)} />
      <ol className="mt-4 flex flex-col gap-5">
        {ladder.tiers.map(
          ({ id, rank, name, icon, color, threshold, benefits, pointsMultiplierBp }) => {
            const words = localized(benefits, locale);
            return (
              <li
                key={id}
                aria-current={id === tier?.id ? "step" : undefined}
                className="flex items-start gap-4"
              >
                <BadgeMedal
                  icon={icon}
                  color={color}
                  earned={tier !== null && rank <= tier.rank}
                  shape="shield"
                  size={44}
                />
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
                    {name}
                    {id === tier?.id ? (
                      <span className="inline-flex items-center gap-1 text-[0.8125rem] text-good">
                        <Check aria-hidden="true" className="size-3.5" />
                        {t("tiers.current")}
                      </span>
                    ) : null}
                  </p>
                  <p className="figure text-sm/6 text-ink-muted">
                    {thresholdWords(threshold, ladder.metric, reader)}
                  </p>
                  {pointsMultiplierBp > 10_000 ? (
                    <p className="text-sm/6">
                      {t("tiers.multiplier", {
                        times: decimalText(writeMultiplier(pointsMultiplierBp), locale),
                      })}
                    </p>
                  ) : null}
                  {words ? <p className="text-sm/6 whitespace-pre-line">{words}</p> : null}
                </div>
              </li>
            );
          },
        )}
      </ol>
    </Card>
  );
}

function BadgeWall({
  badges,
  reader: { t, locale, timeZone },
}: {
  badges: readonly CustomerBadge[];
  reader: TierReader;
}) {
  const day = dateFormat(locale, { dateStyle: "medium", timeZone });
  const count = new Intl.NumberFormat(locale);
  return (
    <Card>
      <CardHeader title={t("tiers.badges")} />
      <ul className="mt-4 grid grid-cols-2 gap-x-4 gap-y-7 sm:grid-cols-3">
        {badges.map(({ id, icon, color, name, about, award, progress }) => (
          <li key={id} className="flex flex-col items-center gap-1.5 text-center">
            <BadgeMedal icon={icon} color={color} earned={award !== null} size={72} />
            <p className="text-sm font-medium [overflow-wrap:anywhere]">
              {localized(name, locale)}
            </p>
            <p className="text-[0.8125rem]/5 text-ink-muted">{localized(about, locale)}</p>
            {award ? (
              <p className="figure text-[0.8125rem]/5 text-good">
                {t("tiers.badgeEarned", { date: day.format(award.awardedAt) })}
              </p>
            ) : progress && progress.of > 1 ? (
              <div className="mt-1 w-full max-w-32">
                <ProgressBar
                  share={progress.done / progress.of}
                  label={localized(name, locale)}
                  hideLabel
                />
                <p className="figure mt-1 text-[0.8125rem]/5 text-ink-muted">
                  {t("tiers.badgeProgress", {
                    done: count.format(progress.done),
                    of: count.format(progress.of),
                  })}
                </p>
              </div>
            ) : (
              <p className="text-[0.8125rem]/5 text-ink-muted">{t("tiers.badgeLocked")}</p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function History({ steps, reader }: { steps: readonly TierStepRow[]; reader: TierReader }) {
  const day = dateFormat(reader.locale, {
    dateStyle: "long",
    timeZone: reader.timeZone,
  });
  const tone = (reason: string) =>
    reason === "reached" || reason === "renewed"
      ? "good"
      : reason === "taken_back"
        ? "bad"
        : "neutral";
  return (
    <Card>
      <CardHeader title={reader.t("tiers.history")} className="mb-4" />
      <Timeline
        label={reader.t("tiers.history")}
        steps={steps.map((step) => ({
          key: step.id,
          title: stepWords(step, reader),
          at: day.format(step.at),
          tone: tone(step.reason),
        }))}
      />
    </Card>
  );
}

function decimalText(text: string, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(Number(text));
}
