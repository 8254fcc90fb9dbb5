import { Trophy } from "lucide-react";
import type { Metadata } from "next";
import { ActionButton } from "@/components/forms/action-button";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { LeaderboardForm } from "@/components/loyalty/leaderboards/leaderboard-form";
import { leaderboardSummary } from "@/components/loyalty/leaderboards/leaderboard-words";
import { StatusPill } from "@/components/ui/content/badge";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { Button } from "@/components/ui/controls/button";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter } from "@/lib/core/query-string";
import {
  currentOf,
  leaderboardById,
  seasonsOf,
} from "@/lib/loyalty/leaderboards/queries/leaderboards";
import type { Leaderboard } from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { formOfLeaderboard } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { saveLeaderboard, switchLeaderboard } from "../actions";
import { Preview } from "./preview";
import { filterSchema, Ranking } from "./ranking";
import { Winners } from "./winners";

export const metadata: Metadata = { title: "Leaderboard" };

type Props = {
  params: Promise<{ merchant: string; leaderboard: string }>;
  searchParams: Promise<Query>;
};

/**
 * One leaderboard: its ranking in this season and those before it, who won what, how customers see
 * it, and its settings.
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
            <Empty title="No season is running" icon={<Trophy aria-hidden="true" />} bare>
              Turn the leaderboard on to start one.
            </Empty>
          </Card>
        )}
        {mayEdit ? (
          <LeaderboardForm
            action={saveLeaderboard.bind(null, slug)}
            values={formOfLeaderboard(leaderboard, scope.timeZone)}
            leaderboardId={leaderboard.id}
            shop={{ currency: scope.currency, timeZone: scope.timeZone, tiers: [], pools: [] }}
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
        done="Leaderboard turned on."
      >
        Turn on
      </ActionButton>
    );
  }
  return (
    <ConfirmAction
      action={action}
      fields={{ leaderboardId: leaderboard.id, state: "disabled" }}
      confirmLabel="Turn off"
      danger
      title="Turn off this leaderboard?"
      description="Customers won’t see it. A season that ends while it is off grants no prizes."
      trigger={<Button variant="secondary">Turn off</Button>}
    />
  );
}
