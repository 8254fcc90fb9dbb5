import { Megaphone, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { NominationDecision } from "@/components/desk/nomination-decision";
import { Person } from "@/components/customer/person";
import { StatusPill, type Tone } from "@/components/ui/content/badge";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Code, DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { listNominations, type NominationRow } from "@/lib/nominations/queries/nominations";
import {
  NOMINATION_STATE_LABELS,
  NOMINATION_STATES,
  nominationFilterSchema,
  type NominationState,
} from "@/lib/nominations/schema";
import { decide } from "../actions";
import { DeskTabs } from "../desk-tabs";

export const metadata: Metadata = { title: "Who told you" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

const TONES: Record<NominationState, Tone> = {
  asked: "accent",
  waiting: "warn",
  unmatched: "warn",
  accepted: "good",
  declined: "neutral",
  rejected: "bad",
};

/** Friends who said after their purchase who had told them, and what becomes of it. */
export default async function NominationsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(nominationFilterSchema, await searchParams);
  const page = await pageFrom(filter, (at) => listNominations(scope, at));
  const admin = adminPaths(slug);
  const base = admin.nominations;
  const { cursor, limit: _, ...chosen } = filter;
  const mayDecide = scopeAllows(scope, "referral.decide");
  const { timeZone } = scope;
  return (
    <>
      <PageHeader
        title="Service desk"
        description="Friends who came without a link, and say who told them. The advocate is asked first; your program says who decides."
      />
      <DeskTabs scope={scope} slug={slug} current="nominations" />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter answers">
          <SearchField
            name="search"
            label="Name, address, order or words"
            defaultValue={filter.search}
          />
          <FilterSelect
            name="state"
            label="Open"
            defaultValue={filter.state === "open" ? undefined : filter.state}
            options={NOMINATION_STATES.map((state) => ({
              value: state,
              label: NOMINATION_STATE_LABELS[state],
            }))}
          />
        </FilterBar>
        <Card flush>
          <Table<NominationRow>
            caption="Who told them"
            rows={page.rows}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "friend",
                header: "Friend",
                primary: true,
                cell: (row) => (
                  <TextLink href={admin.customer(row.friendId)}>
                    <Person person={{ name: row.friendName, email: row.friendEmail }} />
                  </TextLink>
                ),
              },
              {
                key: "said",
                header: "Said",
                cell: (row) => (
                  <span className="inline-block min-w-44 [overflow-wrap:anywhere]">
                    “{row.said}”
                    {row.orderId ? (
                      <>
                        {" "}
                        <Code>{row.orderId}</Code>
                      </>
                    ) : null}
                  </span>
                ),
              },
              {
                key: "advocate",
                header: "Advocate",
                cell: (row) =>
                  row.advocateCustomerId ? (
                    <TextLink href={admin.customer(row.advocateCustomerId)}>
                      <Person person={{ name: row.advocateName, email: row.advocateEmail }} />
                    </TextLink>
                  ) : (
                    <span className="text-ink-muted">Nobody found</span>
                  ),
              },
              {
                key: "state",
                header: "Where it stands",
                cell: (row) => (
                  <span className="flex flex-col items-start gap-1">
                    <StatusPill tone={TONES[row.state]}>
                      {NOMINATION_STATE_LABELS[row.state]}
                    </StatusPill>
                    {row.state === "waiting" ? (
                      <span className="text-[0.8125rem]/5 text-ink-muted">
                        The advocate said yes.
                      </span>
                    ) : null}
                    {row.reason ? (
                      <span className="text-[0.8125rem]/5 text-ink-muted">{row.reason}</span>
                    ) : null}
                  </span>
                ),
              },
              {
                key: "at",
                header: "When",
                secondary: true,
                cell: (row) => <DateTime value={row.at} timeZone={timeZone} look="dateTime" />,
              },
              {
                key: "decide",
                header: <span className="sr-only">Decision</span>,
                cell: (row) =>
                  mayDecide && row.state !== "accepted" && row.state !== "rejected" ? (
                    <NominationDecision
                      action={decide.bind(null, slug)}
                      nominationId={row.id}
                      code={row.advocateCode}
                    />
                  ) : null,
              },
            ]}
            empty={
              filter.search || filter.state !== "open" ? (
                <Empty
                  title="Nothing matches"
                  icon={<SearchX aria-hidden="true" />}
                  action={<ButtonLink href={base}>Show open ones</ButtonLink>}
                  bare
                >
                  Take a filter away.
                </Empty>
              ) : (
                <Empty title="Nothing to decide" icon={<Megaphone aria-hidden="true" />} bare>
                  Programs can ask new customers who told them: turn it on under a program’s rules.
                  Their answers come in here.
                </Empty>
              )
            }
          />
          <Pagination
            newerHref={cursor ? withQuery(base, chosen) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { ...chosen, cursor: page.nextCursor }) : null
            }
            nav="Pages of answers"
          />
        </Card>
      </div>
    </>
  );
}
