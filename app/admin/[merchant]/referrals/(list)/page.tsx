import { UserRoundPlus } from "lucide-react";
import type { Metadata } from "next";
import { ProgramFilter } from "@/components/program/program-filter";
import { NoMatches } from "@/components/ui/page/no-matches";
import { REFERRAL_STATE_LABELS } from "@/components/referral/referral-state";
import { REFERRAL_CHOICES, ReferralTable } from "@/components/referral/referral-table";
import { ReviewList } from "@/components/referral/review-list";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { Tabs } from "@/components/ui/page/tabs";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { programNames } from "@/lib/programs/queries";
import {
  countToReview,
  listReferrals,
  type ReferralFilter,
  referralFilterSchema,
  type ReferralRow,
} from "@/lib/referrals/queries/referrals";
import { signalsOf } from "@/lib/referrals/queries/signals";
import { REFERRAL_STATES } from "@/lib/referrals/schema";
import { hiddenColumns, ListTools } from "../../_lists/list-tools";
import { approveMany, rejectMany, undoRejectMany } from "../actions";

export const metadata: Metadata = { title: "Referrals" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function ReferralsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(referralFilterSchema, await searchParams);
  const [page, programs, toReview, hidden] = await Promise.all([
    pageFrom(filter, (at) => listReferrals(scope, at)),
    programNames(scope),
    countToReview(scope),
    hiddenColumns("referrals"),
  ]);
  const admin = adminPaths(slug);
  const base = admin.referrals;
  return (
    <ListPage
      title="Referrals"
      description="Every friend your customers referred, and their progress."
      noun="referrals"
      base={base}
      filter={filter}
      nextCursor={page.nextCursor}
      exportHref={admin.referralsExport}
      tabs={
        <Tabs
          label="Which referrals"
          current={tabOf(filter, base)}
          tabs={[
            { label: "All", href: base },
            { label: "Needs review", href: `${base}?review=true`, count: toReview },
            { label: "Found after release", href: `${base}?case=true` },
            { label: "Waiting for the friend", href: `${base}?claimed=true` },
          ]}
        />
      }
      tools={<ListTools scope={scope} list="referrals" base={base} columns={REFERRAL_CHOICES} />}
      keep={["review", "case", "claimed"]}
      filters={
        <>
          <SearchField name="search" label="Name, email or code" defaultValue={filter.search} />
          <FilterSelect
            name="state"
            label="State"
            defaultValue={filter.state}
            options={REFERRAL_STATES.map((state) => ({
              value: state,
              label: REFERRAL_STATE_LABELS[state],
            }))}
          />
          <ProgramFilter programs={programs} chosen={filter.program} />
          <FilterDays from={filter.from} to={filter.to} />
        </>
      }
    >
      <ReferralList
        scope={scope}
        rows={page.rows}
        filter={filter}
        admin={admin}
        without={programs.length > 1 ? hidden : ["program", ...hidden]}
      />
    </ListPage>
  );
}

function tabOf({ review, case: isCase, claimed }: ReferralFilter, base: string): string {
  const chosen = isCase ? "case" : review ? "review" : claimed ? "claimed" : null;
  return chosen ? `${base}?${chosen}=true` : base;
}

type ReferralListProps = {
  scope: Scope;
  rows: ReferralRow[];
  filter: ReferralFilter;
  admin: AdminPaths;
  /** Columns to leave out. */
  without: readonly string[];
};

/** Referrals in a table; those that wait for a decision each with what speaks against it. */
async function ReferralList({ scope, rows, filter, admin, without }: ReferralListProps) {
  const { timeZone } = scope;
  const empty = <NoReferrals filter={filter} admin={admin} />;
  if (!filter.review && !filter.case)
    return (
      <ReferralTable
        rows={rows}
        referralHref={admin.referral}
        timeZone={timeZone}
        without={without}
        empty={empty}
      />
    );
  const ids = rows.map(({ id }) => id);
  const signals = await signalsOf(scope, ids);
  const slug = scope.merchantSlug;
  const actions = scopeAllows(scope, "referral.decide")
    ? {
        approve: approveMany.bind(null, slug),
        reject: rejectMany.bind(null, slug),
        undoReject: undoRejectMany.bind(null, slug),
      }
    : null;
  return <ReviewList {...{ rows, signals, admin, timeZone, empty, actions }} />;
}

/** What an empty list says: nothing to review, no match, or no referral at all. */
function NoReferrals({ filter, admin }: { filter: ReferralFilter; admin: AdminPaths }) {
  const { review, case: isCase, claimed, cursor: _, limit: __, ...others } = filter;
  const isNarrowed = Object.values(others).some((value) => value !== undefined);
  if (isNarrowed) return <NoMatches href={admin.referrals} />;
  if (isCase)
    return (
      <Empty title="No open cases" icon={<UserRoundPlus aria-hidden="true" />} bare>
        Referrals appear here if something comes out after their rewards were released or paid.
      </Empty>
    );
  if (claimed)
    return (
      <Empty title="Nobody is waited for" icon={<UserRoundPlus aria-hidden="true" />} bare>
        Friends whose address was typed into an invitation appear here until they answer our email,
        use their coupon, or your server names them with the code. Until then their advocate earns
        nothing by them.
      </Empty>
    );
  return review ? (
    <Empty title="Nothing to review" icon={<UserRoundPlus aria-hidden="true" />} bare>
      Referrals that need a second look appear here. Their rewards stay on hold until you decide.
    </Empty>
  ) : (
    <Empty
      title="No referrals yet"
      icon={<UserRoundPlus aria-hidden="true" />}
      bare
      action={
        <ButtonLink variant="primary" href={admin.programs}>
          Go to programs
        </ButtonLink>
      }
    >
      They appear here when a friend accepts an invitation or buys through one.
    </Empty>
  );
}
