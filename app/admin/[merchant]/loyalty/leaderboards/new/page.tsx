import type { Metadata } from "next";
import { LeaderboardForm } from "@/components/loyalty/leaderboards/leaderboard-form";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { leaderboardPrograms } from "@/lib/loyalty/leaderboards/queries/list-leaderboards";
import { emptyLeaderboardForm } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import { saveLeaderboard } from "../actions";
import { adminPaths } from "@/lib/merchants/paths";

export const metadata: Metadata = { title: "New leaderboard" };

export default async function NewLeaderboardPage({
  params,
}: {
  params: Promise<{ merchant: string }>;
}) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.edit");
  const programs = (await leaderboardPrograms(scope)).filter(({ isPublished }) => isPublished);
  const listHref = adminPaths(slug).leaderboards;
  return (
    <>
      <PageHeader
        title="New leaderboard"
        breadcrumbs={[{ label: "Leaderboards", href: listHref }]}
      />
      <LeaderboardForm
        action={saveLeaderboard.bind(null, slug)}
        values={emptyLeaderboardForm(programs.length === 1 ? programs[0]!.id : "")}
        leaderboardId={null}
        shop={{ currency: scope.currency, timeZone: scope.timeZone, tiers: [], pools: [] }}
        programs={programs}
        listHref={listHref}
      />
    </>
  );
}
