import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { AliasForm } from "@/components/refer/alias-form";
import { RankingTable } from "@/components/loyalty/leaderboards/ranking-table";
import { Podium } from "@/components/loyalty/leaderboards/podium";
import { PrizeList } from "@/components/loyalty/leaderboards/prize-list";
import { SeasonList } from "@/components/loyalty/leaderboards/season-list";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { Tabs } from "@/components/ui/page/tabs";
import { customerScope } from "@/lib/auth/customer";
import { DomainError } from "@/lib/core/errors";
import { localized } from "@/lib/core/i18n/localized";
import { advocateOf } from "@/lib/customers/queries/customers";
import {
  leaderboardsOf,
  seasonRanking,
  type SeasonRanking,
} from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { winnerOf } from "@/lib/loyalty/leaderboards/queries/winners";
import { scopeNow } from "@/lib/merchants/scope";
import { aliasForm } from "./leaderboard-section";
import {
  aheadWords,
  rankingHeaders,
  leaderboardLead,
  type LeaderboardReader,
  rankingRow,
  prizeLines,
  scoreWords,
  seasonWords,
  timeLeftWords,
} from "./leaderboard-words";
import { loadProgram } from "../load";
import { Missing } from "../missing";

export const metadata: Metadata = { robots: { index: false } };

const TOP = 10;
const PODIUM = 3;

type Props = {
  params: Promise<{ program: string }>;
  searchParams: Promise<{ board?: string | string[]; season?: string | string[] }>;
};

/**
 * A program's leaderboards, season by season: who leads, where the reader is, what there is to win and
 * how long it still goes.
 */
export default async function LeaderboardPage({ params, searchParams }: Props) {
  const { program: slug } = await params;
  const asked = await searchParams;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const home = `/refer/${encodeURIComponent(slug)}`;
  const entry = await customerScope(slug);
  const part = entry
    ? await advocateOf(entry.scope, { programId: found.program.id, customerId: entry.customerId })
    : null;
  if (!entry || !part) redirect(home);
  const { scope } = entry;
  const { advocate } = part;
  const { t, locale } = await reader();
  const { shop, program } = found;
  const by: LeaderboardReader = {
    t,
    locale,
    timeZone: shop.timeZone,
    asset: scope.asset,
    currency: scope.currency,
    now: scopeNow(scope),
  };
  const one = (value: string | string[] | undefined) =>
    typeof value === "string" ? value : undefined;
  const [leaderboards, shown] = await Promise.all([
    leaderboardsOf(scope, program.id),
    // An address of a leaderboard that is gone leads to the one that is there.
    orNull(
      seasonRanking(scope, {
        programId: program.id,
        leaderboardId: one(asked.board),
        seasonId: one(asked.season),
        aroundAdvocateId: advocate.id,
        limit: TOP,
      }),
    ),
  ]);
  if (!shown && (asked.board || asked.season)) redirect(`${home}/leaderboard`);
  const hrefOf = (leaderboardId: string, season?: string) =>
    `${home}/leaderboard?board=${leaderboardId}${season ? `&season=${season}` : ""}`;
  const back = (
    <TextLink href={home} className="text-sm">
      ← {t("leaderboard.back")}
    </TextLink>
  );
  if (!shown) {
    return (
      <Frame shop={shop}>
        {back}
        <Card>
          <Empty title={t("leaderboard.emptyTitle")} bare>
            {t("leaderboard.emptyBody")}
          </Empty>
        </Card>
      </Frame>
    );
  }
  const { leaderboard, season, seasons, top, near, own } = shown;
  const rowOf = (ranked: SeasonRanking["top"][number]) =>
    rankingRow(ranked, advocate.id, leaderboard, by);
  const headers = rankingHeaders(leaderboard, by);
  const prizes = season.prizes ?? leaderboard.prizes;
  const isOver = season.endsAt !== null && season.endsAt <= by.now;
  const timeLeft = timeLeftWords(season, by);
  const prizeList =
    prizes.length === 0 ? null : (
      <PrizeList
        title={t("leaderboard.prizes")}
        lead={t("leaderboard.prizesLead")}
        prizes={prizeLines(prizes, own?.rank ?? null, by)}
        you={t("leaderboard.you")}
      />
    );
  return (
    <Frame shop={shop}>
      {back}
      <header className="flex flex-col gap-1.5">
        <h1 className="text-[1.75rem]/9 font-semibold tracking-tight [overflow-wrap:anywhere]">
          {localized(leaderboard.name, locale)}
        </h1>
        <p className="text-sm text-ink-muted">{leaderboardLead(leaderboard, by)}</p>
      </header>
      {leaderboards.length > 1 ? (
        <div className="-mb-6">
          <Tabs
            label={t("leaderboard.list")}
            current={hrefOf(leaderboard.id)}
            tabs={leaderboards.map((one) => ({
              label: localized(one.name, locale),
              href: hrefOf(one.id),
            }))}
          />
        </div>
      ) : null}
      {seasons.length > 1 ? (
        <SeasonList
          label={t("leaderboard.seasons")}
          seasons={seasons.map((one) => ({
            href: hrefOf(leaderboard.id, one.id),
            label: seasonWords(one, leaderboard.cadence, by),
            current: one.id === season.id,
          }))}
        />
      ) : null}
      {own || isOver ? null : (
        <p className="text-sm text-ink-muted">
          {advocate.alias === null ? t("leaderboard.notListed") : t("leaderboard.notRanked")}
        </p>
      )}
      <OwnPrize
        scope={scope}
        shown={shown}
        advocateId={advocate.id}
        by={by}
        shop={shop.name}
        home={home}
      />
      <Card>
        <CardHeader
          title={seasonWords(season, leaderboard.cadence, by)}
          {...(timeLeft && { description: timeLeft })}
        />
        <div className="mt-4 flex flex-col gap-5">
          {top.length === 0 ? (
            <>
              <Empty title={t("leaderboard.emptyTitle")} bare>
                {isOver ? t("leaderboard.emptyPast") : t("leaderboard.emptyBody")}
              </Empty>
              {prizeList}
            </>
          ) : (
            <>
              <Podium rows={top.slice(0, PODIUM).map(rowOf)} you={headers.you} />
              {prizeList}
              <RankingTable
                caption={t("leaderboard.top")}
                headers={headers}
                rows={top.map(rowOf)}
              />
            </>
          )}
          {near.length > 0 ? (
            <div>
              <h2 className="mb-1 text-sm font-medium">{t("leaderboard.near")}</h2>
              <RankingTable
                caption={t("leaderboard.near")}
                headers={headers}
                rows={near.map(rowOf)}
              />
            </div>
          ) : null}
        </div>
      </Card>
      <Card>
        <AliasForm
          key={advocate.alias}
          {...aliasForm({ t, slug: program.slug, alias: advocate.alias })}
        />
      </Card>
      {own ? <OwnBar shown={shown} own={own} by={by} isOver={isOver} /> : null}
    </Frame>
  );
}

async function orNull(asked: Promise<SeasonRanking | null>): Promise<SeasonRanking | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

function Frame({
  shop,
  children,
}: {
  shop: NonNullable<Awaited<ReturnType<typeof loadProgram>>>["shop"];
  children: ReactNode;
}) {
  return (
    <ShopFrame shop={shop} width="page">
      <div className="flex flex-col gap-6">{children}</div>
    </ShopFrame>
  );
}

/** The reader's own row, in sight wherever they are on the page. */
function OwnBar({
  shown,
  own,
  by,
  isOver,
}: {
  shown: SeasonRanking;
  own: NonNullable<SeasonRanking["own"]>;
  by: LeaderboardReader;
  isOver: boolean;
}) {
  const { t, locale } = by;
  const number = new Intl.NumberFormat(locale);
  const ahead = isOver || shown.people < 2 ? null : aheadWords(shown, shown.leaderboard, by);
  return (
    <section
      aria-label={t("leaderboard.yourRank")}
      className="figure sticky bottom-3 rounded-card border border-accent-mark bg-surface px-4 py-3 text-sm shadow-float"
    >
      <p className="flex items-baseline justify-between gap-4">
        <span>
          <strong className="text-base font-semibold">
            {t("leaderboard.rankOne", { rank: own.rank })}
          </strong>{" "}
          <span className="text-ink-muted">
            {t("leaderboard.of", { count: number.format(shown.people) })}
          </span>
        </span>
        <span className="text-right">
          {t("leaderboard.you")} · {scoreWords(own.score, shown.leaderboard.metric, by)}
        </span>
      </p>
      {ahead ? <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">{ahead}</p> : null}
    </section>
  );
}

/** What the reader won in a season that is closed, and where it is. */
async function OwnPrize({
  scope,
  shown: { season },
  advocateId,
  by: { t },
  shop,
  home,
}: {
  scope: Parameters<typeof winnerOf>[0];
  shown: SeasonRanking;
  advocateId: string;
  by: LeaderboardReader;
  shop: string;
  home: string;
}) {
  const winner = season.state === "closed" ? await winnerOf(scope, season.id, advocateId) : null;
  if (!winner) return null;
  return (
    <Alert
      tone={winner.state === "given" ? "good" : "neutral"}
      title={t("leaderboard.yourPrize")}
      action={
        winner.rewardId ? (
          <TextLink href={`${home}/rewards/${winner.rewardId}`}>
            {t("leaderboard.prizeReceipt")}
          </TextLink>
        ) : undefined
      }
    >
      {winner.state === "withheld"
        ? t("leaderboard.prizeWithheld")
        : winner.reason === "in_review"
          ? t("leaderboard.prizeReview", { shop })
          : winner.state === "due"
            ? t("leaderboard.prizeWaits")
            : null}
    </Alert>
  );
}
