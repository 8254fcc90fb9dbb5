import { SearchX, Trophy } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { ActionButton } from "@/components/forms/action-button";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { Person } from "@/components/customer/person";
import { LeaderboardForm } from "@/components/loyalty/leaderboards/leaderboard-form";
import {
  leaderboardSummary,
  scoreText,
  seasonText,
} from "@/components/loyalty/leaderboards/leaderboard-words";
import { METRIC_NAMES } from "@/components/loyalty/words";
import { StatusPill, type Tone } from "@/components/ui/content/badge";
import { Button, ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Table } from "@/components/ui/content/table";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter, withQuery } from "@/lib/core/query-string";
import {
  leaderboardById,
  currentOf,
  seasonsOf,
} from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { formOfLeaderboard } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import { listRanking } from "@/lib/loyalty/leaderboards/queries/list-leaderboards";
import {
  type Leaderboard,
  type Season,
  WINNER_REASONS,
} from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { type WinnerRow, winnersOf } from "@/lib/loyalty/leaderboards/queries/winners";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { saveLeaderboard, switchLeaderboard } from "../actions";
import { Preview, prizeText } from "./preview";

export const metadata: Metadata = { title: "Leaderboard" };

const filterSchema = z.object({
  season: z.string().max(40).optional(),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
});
type Filter = z.infer<typeof filterSchema>;

type Props = {
  params: Promise<{ merchant: string; leaderboard: string }>;
  searchParams: Promise<Query>;
};

/**
 * One leaderboard: who stands where, by name, in this season and those before it; who won what; how
 * customers see it; its settings.
 */
export default async function LeaderboardPage({ params, searchParams }: Props) {
  const { merchant: slug, leaderboard: leaderboardId } = await params;
  const scope = await requireMember(slug, "program.read");
  const leaderboard = await found(leaderboardById(scope, leaderboardId));
  const filter = readFilter(filterSchema, await searchParams);
  const seasons = await seasonsOf(scope, leaderboard.id);
  const season =
    seasons.find(({ id }) => id === filter.season) ?? currentOf(seasons, scopeNow(scope));
  const admin = adminPaths(slug);
  const listHref = admin.leaderboards;
  const base = admin.leaderboard(leaderboard.id);
  const mayEdit = scopeAllows(scope, "program.edit");
  return (
    <>
      <PageHeader
        title={leaderboard.name.en}
        description={leaderboardSummary(leaderboard)}
        breadcrumbs={[{ label: "Leaderboards", href: listHref }]}
        status={
          <StatusPill tone={leaderboard.state === "active" ? "good" : "neutral"}>
            {leaderboard.state === "active" ? "On" : "Off"}
          </StatusPill>
        }
        actions={mayEdit ? <Switch slug={slug} leaderboard={leaderboard} /> : null}
      />
      <div className="flex flex-col gap-6">
        {season ? (
          <>
            {scopeAllows(scope, "customer.read") ? (
              <Ranking
                scope={scope}
                slug={slug}
                leaderboard={leaderboard}
                season={season}
                seasons={seasons}
                filter={filter}
                base={base}
              />
            ) : null}
            {season.state === "closed" ? (
              <Winners scope={scope} slug={slug} leaderboard={leaderboard} season={season} />
            ) : null}
            <Preview scope={scope} leaderboard={leaderboard} season={season} />
          </>
        ) : (
          <Card>
            <Empty title="No season runs" icon={<Trophy aria-hidden="true" />} bare>
              Switch the leaderboard on, and one begins.
            </Empty>
          </Card>
        )}
        {mayEdit ? (
          <LeaderboardForm
            action={saveLeaderboard.bind(null, slug)}
            values={formOfLeaderboard(leaderboard, scope.timeZone)}
            leaderboardId={leaderboard.id}
            currency={scope.currency}
            programs={[]}
            listHref={listHref}
          />
        ) : null}
      </div>
    </>
  );
}

function Switch({ slug, leaderboard }: { slug: string; leaderboard: Leaderboard }) {
  const action = switchLeaderboard.bind(null, slug);
  if (leaderboard.state === "disabled") {
    return (
      <ActionButton
        action={action}
        fields={{ leaderboardId: leaderboard.id, state: "active" }}
        done="On again, with this season."
      >
        Switch on
      </ActionButton>
    );
  }
  return (
    <ConfirmAction
      action={action}
      fields={{ leaderboardId: leaderboard.id, state: "disabled" }}
      confirmLabel="Switch off"
      danger
      title="Switch this leaderboard off?"
      description="Customers no longer see it. A season that ends while it is off gives no prizes, and none follows it. What it counts goes on being counted."
      trigger={<Button variant="secondary">Switch off</Button>}
    />
  );
}

type RankingProps = {
  scope: Scope;
  slug: string;
  leaderboard: Leaderboard;
  season: Season;
  seasons: Season[];
  filter: Filter;
  base: string;
};

async function Ranking({ scope, slug, leaderboard, season, seasons, filter, base }: RankingProps) {
  const { search, cursor } = filter;
  const page = await found(listRanking(scope, season.id, { search, cursor, limit: 25 }));
  const kept = { ...(filter.season && { season: filter.season }), search };
  return (
    <Card flush>
      <CardHeader
        title="Ranking"
        className="px-5 pt-5 pb-3"
        description={
          season.state === "closed" ? (
            "This season is closed and stays as it was closed."
          ) : season.endsAt && season.endsAt <= scopeNow(scope) ? (
            <>
              Over. What comes in late counts until{" "}
              <DateTime value={season.closesAt!} timeZone={scope.timeZone} look="dateTime" />.
            </>
          ) : season.endsAt ? (
            <>
              Runs until{" "}
              <DateTime value={season.endsAt} timeZone={scope.timeZone} look="dateTime" />.
            </>
          ) : (
            "Since the beginning, without an end."
          )
        }
      />
      <div className="px-5 pb-3">
        <FilterBar label="Filter ranking" keep={seasons.length > 1 ? [] : ["season"]}>
          <SearchField name="search" label="Name, address or your id" defaultValue={search} />
          {seasons.length > 1 ? (
            <FilterSelect
              name="season"
              label="Season"
              defaultValue={season.id}
              options={seasons.map((one) => ({
                value: one.id,
                label: seasonText(one, scope.timeZone),
              }))}
            />
          ) : null}
        </FilterBar>
      </div>
      <Table
        caption="Ranking"
        rows={page.rows}
        rowKey={({ advocateId }) => advocateId}
        rowHref={({ customerId }) => adminPaths(slug).customer(customerId)}
        empty={
          search ? (
            <Empty
              title="Nobody matches"
              icon={<SearchX aria-hidden="true" />}
              action={
                <ButtonLink href={withQuery(base, { season: filter.season })}>Show all</ButtonLink>
              }
              bare
            >
              Try a part of the name or the address.
            </Empty>
          ) : (
            <Empty title="Nobody is on it yet" icon={<Trophy aria-hidden="true" />} bare>
              Customers are on it once something counts for them and they have chosen a name.
            </Empty>
          )
        }
        columns={[
          {
            key: "rank",
            header: "Rank",
            numeric: true,
            width: "5rem",
            cell: ({ rank }) => numberText(rank),
          },
          {
            key: "person",
            header: "Customer",
            primary: true,
            cell: (row) => <Person person={row} avatar />,
          },
          {
            key: "alias",
            header: "On the leaderboard as",
            cell: ({ alias }) => alias ?? "No longer shown",
          },
          {
            key: "score",
            header: METRIC_NAMES[leaderboard.metric],
            numeric: true,
            cell: ({ score }) => scoreText(score, leaderboard.metric, scope.asset),
          },
        ]}
      />
      <Pagination
        newerHref={cursor ? withQuery(base, kept) : null}
        olderHref={page.nextCursor ? withQuery(base, { ...kept, cursor: page.nextCursor }) : null}
        nav="Pages of ranking"
      />
    </Card>
  );
}

const WINNER_TONES: Record<WinnerRow["state"], Tone> = {
  due: "warn",
  given: "good",
  withheld: "bad",
};
const WINNER_STATES: Record<WinnerRow["state"], string> = {
  due: "Waiting",
  given: "Given",
  withheld: "Withheld",
};

async function Winners({
  scope,
  slug,
  leaderboard,
  season,
}: {
  scope: Scope;
  slug: string;
  leaderboard: Leaderboard;
  season: Season;
}) {
  const winners = await winnersOf(scope, season.id);
  return (
    <Card flush>
      <CardHeader
        title="Prizes given"
        className="px-5 pt-5 pb-3"
        description="With the prizes as they stood when the season was closed."
      />
      <Table
        caption="Prizes given"
        rows={winners}
        rowKey={({ advocateId }) => advocateId}
        empty={
          <Empty title="No prizes in this season" icon={<Trophy aria-hidden="true" />} bare>
            It had none, or nobody was on a rank that had one.
          </Empty>
        }
        columns={[
          {
            key: "rank",
            header: "Rank",
            numeric: true,
            width: "5rem",
            cell: ({ rank }) => numberText(rank),
          },
          {
            key: "person",
            header: "Customer",
            primary: true,
            cell: (row) => <Person person={row} avatar />,
          },
          {
            key: "score",
            header: METRIC_NAMES[leaderboard.metric],
            numeric: true,
            secondary: true,
            cell: ({ score }) => scoreText(score, leaderboard.metric, scope.asset),
          },
          {
            key: "prize",
            header: "Prize",
            cell: ({ prize }) =>
              season.prizes?.[prize] ? prizeText(season.prizes[prize], scope) : "",
          },
          {
            key: "state",
            header: "State",
            cell: ({ state, reason }) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                <StatusPill tone={WINNER_TONES[state]}>{WINNER_STATES[state]}</StatusPill>
                {state === "given" ? null : (
                  <span className="text-ink-muted">{WINNER_REASONS[reason]}</span>
                )}
              </span>
            ),
          },
          {
            key: "receipt",
            header: "Receipt",
            cell: ({ rewardId }) =>
              rewardId ? <TextLink href={adminPaths(slug).reward(rewardId)}>Open</TextLink> : "",
          },
        ]}
      />
    </Card>
  );
}
