import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { AliasForm } from "@/components/refer/alias-form";
import { Board } from "@/components/loyalty/leaderboards/ranking-table";
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
import { advocateOf } from "@/lib/customers/queries";
import {
  boardsOf,
  leaderboard,
  type Leaderboard,
} from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { winnerOf } from "@/lib/loyalty/leaderboards/queries/winners";
import { scopeNow } from "@/lib/merchants/scope";
import { aliasForm } from "./leaderboard-section";
import {
  aheadWords,
  boardHeaders,
  boardLead,
  type BoardReader,
  boardRow,
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
 * A program's boards, season by season: who leads, where the reader is, what there is to win and
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
  const by: BoardReader = {
    t,
    locale,
    timeZone: shop.timeZone,
    asset: scope.asset,
    currency: scope.currency,
    now: scopeNow(scope),
  };
  const one = (value: string | string[] | undefined) =>
    typeof value === "string" ? value : undefined;
  const [boards, shown] = await Promise.all([
    boardsOf(scope, program.id),
    // An address of a board that is gone leads to the one that is there.
    orNull(
      leaderboard(scope, {
        programId: program.id,
        board: one(asked.board),
        season: one(asked.season),
        aroundAdvocateId: advocate.id,
        limit: TOP,
      }),
    ),
  ]);
  if (!shown && (asked.board || asked.season)) redirect(`${home}/leaderboard`);
  const hrefOf = (board: string, season?: string) =>
    `${home}/leaderboard?board=${board}${season ? `&season=${season}` : ""}`;
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
  const { board, season, seasons, top, near, own } = shown;
  const rowOf = (standing: Leaderboard["top"][number]) =>
    boardRow(standing, advocate.id, board, by);
  const headers = boardHeaders(board, by);
  const prizes = season.prizes ?? board.prizes;
  const isOver = season.endsAt !== null && season.endsAt <= by.now;
  const timeLeft = timeLeftWords(season, by);
  const prizeList =
    prizes.length === 0 ? null : (
      <PrizeList
        title={t("leaderboard.prizes")}
        lead={t("leaderboard.prizesLead")}
        prizes={prizeLines(prizes, own?.place ?? null, by)}
        you={t("leaderboard.you")}
      />
    );
  return (
    <Frame shop={shop}>
      {back}
      <header className="flex flex-col gap-1.5">
        <h1 className="text-[1.75rem]/9 font-semibold tracking-tight [overflow-wrap:anywhere]">
          {localized(board.name, locale)}
        </h1>
        <p className="text-sm text-ink-muted">{boardLead(board, by)}</p>
      </header>
      {boards.length > 1 ? (
        <div className="-mb-6">
          <Tabs
            label={t("leaderboard.list")}
            current={hrefOf(board.id)}
            tabs={boards.map((one) => ({
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
            href: hrefOf(board.id, one.id),
            label: seasonWords(one, board.cadence, by),
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
          title={seasonWords(season, board.cadence, by)}
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
              <Board caption={t("leaderboard.top")} headers={headers} rows={top.map(rowOf)} />
            </>
          )}
          {near.length > 0 ? (
            <div>
              <h2 className="mb-1 text-sm font-medium">{t("leaderboard.near")}</h2>
              <Board caption={t("leaderboard.near")} headers={headers} rows={near.map(rowOf)} />
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

async function orNull(board: Promise<Leaderboard | null>): Promise<Leaderboard | null> {
  try {
    return await board;
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
  shown: Leaderboard;
  own: NonNullable<Leaderboard["own"]>;
  by: BoardReader;
  isOver: boolean;
}) {
  const { t, locale } = by;
  const number = new Intl.NumberFormat(locale);
  const ahead = isOver || shown.people < 2 ? null : aheadWords(shown, shown.board, by);
  return (
    <section
      aria-label={t("leaderboard.yourRank")}
      className="figure sticky bottom-3 rounded-card border border-accent-mark bg-surface px-4 py-3 text-sm shadow-float"
    >
      <p className="flex items-baseline justify-between gap-4">
        <span>
          <strong className="text-base font-semibold">
            {t("leaderboard.rankOne", { rank: own.place })}
          </strong>{" "}
          <span className="text-ink-muted">
            {t("leaderboard.of", { count: number.format(shown.people) })}
          </span>
        </span>
        <span className="text-right">
          {t("leaderboard.you")} · {scoreWords(own.score, shown.board.metric, by)}
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
  shown: Leaderboard;
  advocateId: string;
  by: BoardReader;
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
