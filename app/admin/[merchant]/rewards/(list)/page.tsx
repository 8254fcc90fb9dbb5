import { Gift } from "lucide-react";
import type { Metadata } from "next";
import { ProgramFilter } from "@/components/program/program-filter";
import { NoMatches } from "@/components/ui/page/no-matches";
import { REWARD_STATE_LABELS } from "@/components/reward/reward-state";
import { REWARD_CHOICES, RewardTable } from "@/components/reward/reward-table";
import { RewardTabs } from "@/components/reward/reward-tabs";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { programNames } from "@/lib/programs/queries";
import { listRewards } from "@/lib/rewards/queries/rewards";
import { rewardFilterSchema } from "@/lib/rewards/queries/reward-filter";
import { REWARD_STATES } from "@/lib/rewards/schema";
import { waitingCounts } from "@/lib/rewards/queries/deliveries";
import { hiddenColumns, ListTools } from "../../_lists/list-tools";

export const metadata: Metadata = { title: "Rewards" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function RewardsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(rewardFilterSchema, await searchParams);
  const [page, programs, counts, hidden] = await Promise.all([
    pageFrom(filter, (at) => listRewards(scope, at)),
    programNames(scope),
    waitingCounts(scope),
    hiddenColumns("rewards"),
  ]);
  const admin = adminPaths(slug);
  const { cursor: _, limit: __, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  return (
    <ListPage
      title="Rewards"
      description="Every reward that was granted, to whom, and its state."
      noun="rewards"
      base={admin.rewards}
      filter={filter}
      nextCursor={page.nextCursor}
      exportHref={admin.rewardsExport}
      tabs={<RewardTabs admin={admin} counts={counts} />}
      tools={
        <ListTools scope={scope} list="rewards" base={admin.rewards} columns={REWARD_CHOICES} />
      }
      filters={
        <>
          <SearchField
            name="search"
            label="Name, email, code or order"
            defaultValue={filter.search}
          />
          <FilterSelect
            name="state"
            label="State"
            defaultValue={filter.state}
            options={REWARD_STATES.map((state) => ({
              value: state,
              label: REWARD_STATE_LABELS[state],
            }))}
          />
          <FilterSelect
            name="side"
            label="For"
            defaultValue={filter.side}
            options={[
              { value: "advocate", label: "Advocates" },
              { value: "friend", label: "Friends" },
            ]}
          />
          <ProgramFilter programs={programs} chosen={filter.program} />
          <FilterDays from={filter.from} to={filter.to} />
        </>
      }
    >
      <RewardTable
        rows={page.rows}
        rewardHref={admin.reward}
        timeZone={scope.timeZone}
        without={programs.length > 1 ? hidden : ["program", ...hidden]}
        empty={
          isFiltered ? <NoMatches href={admin.rewards} /> : <NoRewards href={admin.programs} />
        }
      />
    </ListPage>
  );
}

function NoRewards({ href }: { href: string }) {
  return (
    <Empty
      title="No rewards yet"
      icon={<Gift aria-hidden="true" />}
      bare
      action={
        <ButtonLink variant="primary" href={href}>
          Go to programs
        </ButtonLink>
      }
    >
      The first one appears when a friend meets your program’s terms.
    </Empty>
  );
}
