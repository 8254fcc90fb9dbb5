import { CalendarPlus, Sparkles } from "lucide-react";
import type { Metadata } from "next";
import { CampaignDialog } from "@/components/loyalty/points/campaign-dialog";
import { CampaignTable } from "@/components/loyalty/points/campaign-table";
import { Button } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { NoMatch } from "@/components/loyalty/no-match";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { dateInZone } from "@/lib/core/time";
import {
  type CampaignFilter,
  campaignFilterSchema,
  listCampaigns,
} from "@/lib/loyalty/campaigns/queries";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { programNames } from "@/lib/programs/queries";
import { endPointsCampaign, savePointsCampaign } from "../actions";

export const metadata: Metadata = { title: "Points campaigns" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function CampaignsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const filter = readFilter(campaignFilterSchema, await searchParams);
  const [page, programs] = await Promise.all([
    pageFrom(filter, (at) => listCampaigns(scope, at)),
    programNames(scope),
  ]);
  const admin = adminPaths(slug);
  const base = admin.campaigns;
  const { cursor, limit: _, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  const mayEdit = scopeAllows(scope, "program.edit");
  const now = scopeNow(scope);
  const save = savePointsCampaign.bind(null, slug);
  return (
    <>
      <PageHeader
        title="Points campaigns"
        description="Times when customers earn more points, past ones included."
        breadcrumbs={[{ label: "Points", href: admin.points }]}
        actions={
          mayEdit ? (
            <CampaignDialog
              action={save}
              campaign={null}
              running={false}
              programs={programs}
              today={dateInZone(now, scope.timeZone)}
              trigger={
                <Button variant="primary" icon={<CalendarPlus aria-hidden="true" />}>
                  Plan campaign
                </Button>
              }
            />
          ) : null
        }
      />
      <div className="flex flex-col gap-5">
        <Filters filter={filter} programs={programs} />
        <Card flush>
          <CampaignTable
            rows={page.rows}
            timeZone={scope.timeZone}
            now={now}
            programs={programs}
            actions={mayEdit ? { save, end: endPointsCampaign.bind(null, slug) } : null}
            empty={
              isFiltered ? (
                <NoMatch allHref={base} />
              ) : (
                <Empty title="No campaigns yet" icon={<Sparkles aria-hidden="true" />} bare>
                  A week of double points is a good reason to email your customers.
                </Empty>
              )
            }
          />
          <Pagination
            newerHref={cursor ? withQuery(base, chosen) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { ...chosen, cursor: page.nextCursor }) : null
            }
            nav="Campaign pages"
          />
        </Card>
      </div>
    </>
  );
}

function Filters({
  filter,
  programs,
}: {
  filter: CampaignFilter;
  programs: readonly { id: string; name: string }[];
}) {
  return (
    <FilterBar label="Filter campaigns">
      <SearchField name="search" label="Name" defaultValue={filter.search} />
      <FilterSelect
        name="show"
        label="Status"
        defaultValue={filter.show}
        options={[
          { value: "open", label: "Running or upcoming" },
          { value: "past", label: "Ended" },
        ]}
      />
      {programs.length > 1 ? (
        <FilterSelect
          name="program"
          label="Program"
          defaultValue={filter.program}
          options={programs.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
    </FilterBar>
  );
}
