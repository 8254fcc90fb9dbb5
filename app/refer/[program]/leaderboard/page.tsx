import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { reader } from "@/app/reader";
import { SeasonList } from "@/components/loyalty/leaderboards/season-list";
import { AliasForm } from "@/components/refer/alias-form";
import { Card } from "@/components/ui/content/card";
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
import type { Leaderboard } from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { scopeNow } from "@/lib/merchants/scope";
import type { Advocate } from "@/prisma/generated/client";
import { CustomerFrame } from "../_home/customer-frame";
import { loadProgram } from "../load";
import { Missing } from "../missing";
import { aliasForm } from "./alias-words";
import { leaderboardLead, type LeaderboardReader, seasonWords } from "./leaderboard-words";
import { OwnBar, OwnPrize } from "./own-result";
import { SeasonCard } from "./season-card";

const TOP = 10;

type Asked = { board?: string | string[]; season?: string | string[] };
type Props = { params: Promise<{ program: string }>; searchParams: Promise<Asked> };

/**
 * A program's leaderboards, season by season: who leads, the reader's rank, what there is to win
 * and when the season ends.
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
  const [leaderboards, shown] = await Promise.all([
    leaderboardsOf(scope, program.id),
    // The address of a leaderboard that no longer exists leads to the one that does.
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
  const by: LeaderboardReader = {
    t,
    locale,
    timeZone: shop.timeZone,
    asset: scope.asset,
    currency: scope.currency,
    now: scopeNow(scope),
  };
  return (
    <CustomerFrame found={found} entry={entry}>
      {shown ? (
        <Shown {...{ leaderboards, shown, advocate, by, home }} slug={program.slug}>
          <OwnPrize {...{ scope, shown, by, home }} advocateId={advocate.id} shop={shop.name} />
        </Shown>
      ) : (
        <Card>
          <Empty title={t("leaderboard.emptyTitle")} bare>
            {t("leaderboard.emptyBody")}
          </Empty>
        </Card>
      )}
    </CustomerFrame>
  );
}

type ShownProps = {
  leaderboards: readonly Leaderboard[];
  shown: SeasonRanking;
  advocate: Advocate;
  by: LeaderboardReader;
  home: string;
  slug: string;
  /** The reader's prize. */
  children: ReactNode;
};

/** The leaderboard and season that were asked for. */
function Shown({ leaderboards, shown, advocate, by, home, slug, children }: ShownProps) {
  const { t, locale } = by;
  const { leaderboard, season, own } = shown;
  const isOver = season.endsAt !== null && season.endsAt <= by.now;
  return (
    <>
      <header className="flex flex-col gap-1.5">
        <h1 className="text-[1.75rem]/9 font-semibold tracking-tight [overflow-wrap:anywhere]">
          {localized(leaderboard.name, locale)}
        </h1>
        <p className="text-sm text-ink-muted">{leaderboardLead(leaderboard, by)}</p>
      </header>
      <Choices leaderboards={leaderboards} shown={shown} by={by} home={home} />
      {own || isOver ? null : (
        <p className="text-sm text-ink-muted">
          {advocate.alias === null ? t("leaderboard.notListed") : t("leaderboard.notRanked")}
        </p>
      )}
      {children}
      <SeasonCard shown={shown} advocateId={advocate.id} by={by} isOver={isOver} />
      <Card>
        <AliasForm key={advocate.alias} {...aliasForm({ t, slug, alias: advocate.alias })} />
      </Card>
      {own ? <OwnBar shown={shown} own={own} by={by} isOver={isOver} /> : null}
    </>
  );
}

/** The program's other leaderboards, and this one's other seasons. */
function Choices({
  leaderboards,
  shown: { leaderboard, season, seasons },
  by,
  home,
}: Pick<ShownProps, "leaderboards" | "shown" | "by" | "home">) {
  const { t, locale } = by;
  const hrefOf = (leaderboardId: string, seasonId?: string) =>
    `${home}/leaderboard?board=${leaderboardId}${seasonId ? `&season=${seasonId}` : ""}`;
  return (
    <>
      {leaderboards.length > 1 ? (
        <div className="-mb-6">
          <Tabs
            label={t("leaderboard.list")}
            current={hrefOf(leaderboard.id)}
            tabs={leaderboards.map(({ id, name }) => ({
              label: localized(name, locale),
              href: hrefOf(id),
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
    </>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

async function orNull(asked: Promise<SeasonRanking | null>): Promise<SeasonRanking | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}
