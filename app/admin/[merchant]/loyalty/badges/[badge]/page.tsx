import { UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { Person } from "@/components/customer/person";
import { ActionButton } from "@/components/forms/action-button";
import { BadgeForm } from "@/components/loyalty/badges/badge-form";
import { badgeRuleText } from "@/components/loyalty/badges/badge-words";
import { NoMatch } from "@/components/loyalty/no-match";
import { Badge, StatusPill } from "@/components/ui/content/badge";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Table } from "@/components/ui/content/table";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { badgeById, type BadgeHolder, badgeHolders } from "@/lib/loyalty/badges/queries/badges";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { saveBadge, switchBadge } from "../actions";

export const metadata: Metadata = { title: "Badge" };

const filterSchema = z.object({
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
});
type Filter = z.infer<typeof filterSchema>;

type Props = { params: Promise<{ merchant: string; badge: string }>; searchParams: Promise<Query> };

export default async function BadgePage({ params, searchParams }: Props) {
  const { merchant: slug, badge: badgeId } = await params;
  const scope = await requireMember(slug, "program.read");
  const badge = await found(badgeById(scope, badgeId));
  const filter = readFilter(filterSchema, await searchParams);
  const admin = adminPaths(slug);
  const listHref = admin.badges;
  const mayEdit = scopeAllows(scope, "program.edit");
  const { name, about, icon, color, rule, active } = badge;
  return (
    <>
      <PageHeader
        title={name.en}
        description={badgeRuleText(rule)}
        breadcrumbs={[{ label: "Badges", href: listHref }]}
        status={<StatusPill tone={active ? "good" : "neutral"}>{active ? "On" : "Off"}</StatusPill>}
        actions={
          mayEdit ? (
            <ActionButton
              action={switchBadge.bind(null, slug)}
              fields={{ badgeId, state: active ? "disabled" : "active" }}
              done={active ? "Turned off. Customers keep it." : "Turned on."}
            >
              {active ? "Turn off" : "Turn on"}
            </ActionButton>
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        {scopeAllows(scope, "customer.read") ? (
          <Holders
            scope={scope}
            slug={slug}
            badgeId={badgeId}
            filter={filter}
            base={admin.badge(badgeId)}
          />
        ) : null}
        {mayEdit ? (
          <BadgeForm
            action={saveBadge.bind(null, slug)}
            badgeId={badgeId}
            listHref={listHref}
            values={{ name, about, icon, color, rule }}
          />
        ) : null}
      </div>
    </>
  );
}

async function Holders({
  scope,
  slug,
  badgeId,
  filter,
  base,
}: {
  scope: Scope;
  slug: string;
  badgeId: string;
  filter: Filter;
  base: string;
}) {
  const { search, cursor } = filter;
  const page = await badgeHolders(scope, { badgeId, search, cursor, limit: 25 });
  return (
    <Card flush>
      <CardHeader title="Customers with this badge" className="px-5 pt-5 pb-3" />
      <div className="px-5 pb-3">
        <FilterBar label="Filter customers">
          <SearchField name="search" label="Name, email or your ID" defaultValue={search} />
        </FilterBar>
      </div>
      <Table
        caption="Customers with this badge"
        rows={page.rows}
        rowKey={(row) => row.customerId}
        rowHref={(row) => adminPaths(slug).customer(row.customerId)}
        empty={
          search ? (
            <NoMatch allHref={base} hint="Try part of the name or email." />
          ) : (
            <Empty title="No customers yet" icon={<UsersRound aria-hidden="true" />} bare>
              Customers who earn this badge appear here.
            </Empty>
          )
        }
        columns={[
          {
            key: "person",
            header: "Customer",
            primary: true,
            cell: (row) => <Person person={row} avatar />,
          },
          {
            key: "awarded",
            header: "Earned",
            cell: (row) => <DateTime value={row.awardedAt} timeZone={scope.timeZone} />,
          },
          {
            key: "state",
            header: "Status",
            cell: (row) => <AwardStatus row={row} timeZone={scope.timeZone} />,
          },
        ]}
      />
      <Pagination
        newerHref={cursor ? withQuery(base, { search }) : null}
        olderHref={page.nextCursor ? withQuery(base, { search, cursor: page.nextCursor }) : null}
        nav="Customer pages"
      />
    </Card>
  );
}

function AwardStatus({ row: { revokedAt }, timeZone }: { row: BadgeHolder; timeZone: string }) {
  if (!revokedAt) return <Badge tone="good">Earned</Badge>;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone="bad">Reversed</Badge>
      <DateTime value={revokedAt} timeZone={timeZone} />
    </span>
  );
}
