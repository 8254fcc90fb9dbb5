import { Banknote } from "lucide-react";
import type { Metadata } from "next";
import { NoMatches } from "@/components/ui/page/no-matches";
import { Person, personName } from "@/components/customer/person";
import { ActionButton } from "@/components/forms/action-button";
import { Destination } from "@/components/reward/payouts/destination";
import { LeftOut } from "@/components/reward/payouts/left-out";
import { PayoutForm } from "@/components/reward/payout-form";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime, Money } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { Input } from "@/components/ui/controls/input";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { type Query, readFilter } from "@/lib/core/query-string";
import { type Asset, assetCode } from "@/lib/core/money";
import { adminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { type Payable, payable } from "@/lib/rewards/payouts/queries/people";
import {
  MOST_IN_BATCH,
  type PayableFilter,
  payableFilterSchema,
} from "@/lib/rewards/payouts/schema";
import { askForPayoutDetails, preparePayout } from "../actions";

export const metadata: Metadata = { title: "Prepare a payout" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function NewPayoutPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "payout.manage");
  const filter = readFilter(payableFilterSchema, await searchParams);
  const { people, rewards, total, hasMore, leftOut } = await payable(scope, filter);
  const admin = adminPaths(slug);
  const base = admin.payouts;
  const given = Object.fromEntries(
    Object.entries(filter).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
  const isFiltered = Object.keys(given).length > 0;
  return (
    <>
      <PageHeader
        title="Prepare a payout"
        breadcrumbs={[{ label: "Payouts", href: base }]}
        description="Choose whom to pay. Next, you download a file for your bank."
      />
      <div className="flex flex-col gap-5">
        <PayableFilterBar filter={filter} asset={scope.asset} />
        <Found rewards={rewards} total={total} hasMore={hasMore} />
        <Card flush>
          {people.length === 0 && leftOut.count > 0 ? (
            <Empty title="Nobody can be paid yet" icon={<Banknote aria-hidden="true" />} bare>
              Everyone who matches is left out for now. See why below.
            </Empty>
          ) : people.length === 0 ? (
            isFiltered ? (
              <NoMatches href={admin.newPayout}>Remove a filter or choose a later day.</NoMatches>
            ) : (
              <Empty
                title="Nothing to pay"
                icon={<Banknote aria-hidden="true" />}
                action={<ButtonLink href={base}>Go to payouts</ButtonLink>}
                bare
              >
                Cash rewards appear here when their hold ends.
              </Empty>
            )
          ) : (
            <PayoutForm
              key={JSON.stringify(given)}
              action={preparePayout.bind(null, slug)}
              asset={scope.asset}
              filter={given}
              hasMore={hasMore}
              people={people.map((person) => ({
                customerId: person.customerId,
                name: personName(person),
                who: <Person person={person} />,
                destination: <Destination destination={person.destination} />,
                rewards: person.rewardIds.length,
                minor: String(person.amount.minor),
                amount: <Money value={person.amount} />,
                since: <DateTime value={person.oldestAt} timeZone={scope.timeZone} />,
              }))}
            />
          )}
        </Card>
        {leftOut.count > 0 ? <LeftOutHere scope={scope} leftOut={leftOut} given={given} /> : null}
      </div>
    </>
  );
}

/** How much was found, and what of it fits. */
function Found({ rewards, total, hasMore }: Pick<Payable, "rewards" | "total" | "hasMore">) {
  return (
    <p className="figure text-sm text-ink-muted" role="status">
      <Money value={total} className="font-semibold text-ink" /> in {numberText(rewards)}{" "}
      {rewards === 1 ? "reward" : "rewards"} found
      {rewards > MOST_IN_BATCH
        ? `. A payout holds ${numberText(MOST_IN_BATCH)}; the rest goes into the next.`
        : ""}
      {hasMore
        ? " Only the first people are shown, but everyone who matches the filter is paid."
        : ""}
    </p>
  );
}

type LeftOutHereProps = Pick<Payable, "leftOut"> & { scope: Scope; given: Record<string, string> };

/** Whom the payout leaves out, and the button that asks them for what is missing. */
function LeftOutHere({ scope, leftOut, given }: LeftOutHereProps) {
  const { merchantSlug: slug, timeZone } = scope;
  const anybodyToAsk = leftOut.people.some(({ canBeAsked, askedAt }) => canBeAsked && !askedAt);
  return (
    <LeftOut
      leftOut={leftOut}
      timeZone={timeZone}
      customerHref={adminPaths(slug).customer}
      action={
        anybodyToAsk ? (
          <ActionButton
            action={askForPayoutDetails.bind(null, slug)}
            fields={given}
            done="Asked by email."
          >
            Ask by email
          </ActionButton>
        ) : null
      }
    />
  );
}

function PayableFilterBar({ filter, asset }: { filter: PayableFilter; asset: Asset }) {
  return (
    <FilterBar label="Choose whom to pay">
      <SearchField name="search" label="Name, email or ID" defaultValue={filter.search} />
      <span className="flex items-center gap-2 text-sm text-ink-muted">
        Released until
        <Input
          type="date"
          name="until"
          defaultValue={filter.until ?? ""}
          className="w-40"
          aria-label="Released until"
        />
      </span>
      <span className="flex items-center gap-2 text-sm text-ink-muted">
        At least
        <Input
          name="atLeast"
          inputMode="decimal"
          defaultValue={filter.atLeast ?? ""}
          suffix={assetCode(asset)}
          className="w-32"
          aria-label="Only people who are owed at least"
        />
      </span>
    </FilterBar>
  );
}
