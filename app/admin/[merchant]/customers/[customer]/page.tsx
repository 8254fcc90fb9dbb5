import type { Metadata } from "next";
import { OrderTable } from "@/components/customer/order-table";
import { personName } from "@/components/customer/person";
import { EventTable } from "@/components/event/event-table";
import {
  AdjustDialog,
  HandBalanceOverDialog,
  type ShownBalance,
} from "@/components/ledger/balance-dialogs";
import { ReferralTable } from "@/components/referral/referral-table";
import { RewardTable } from "@/components/reward/reward-table";
import { Badge, StatusPill } from "@/components/ui/content/badge";
import { Button, TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { CopyField } from "@/components/ui/controls/copy-button";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Code, DateTime, Money } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { moneyText, numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { publicUrl } from "@/lib/core/address";
import { asLocale, LOCALE_NAMES } from "@/lib/core/i18n/locales";
import { randomCharacters } from "@/lib/core/id";
import { assetCode, POINTS } from "@/lib/core/money";
import { withQuery } from "@/lib/core/query-string";
import { type Advocacy, customerDetails } from "@/lib/customers/queries";
import { listEvents, ordersOfCustomer } from "@/lib/events/queries";
import { type Balances, balanceShown, balancesOf } from "@/lib/ledger/queries/balances";
import { adjustableAssets } from "@/lib/ledger/schema";
import { adminPaths, type AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { PROGRAM_MAIL } from "@/lib/messaging/schema";
import { listReferrals } from "@/lib/referrals/queries/referrals";
import { listRewards } from "@/lib/rewards/queries/rewards";
import { CustomerTierCard } from "../../loyalty/tiers/customer-tier";
import { CustomerPoints } from "../../loyalty/points/customer-points";
import { adjust, handBalanceOver } from "../actions";

export const metadata: Metadata = { title: "Customer" };

type Props = { params: Promise<{ merchant: string; customer: string }> };

export default async function CustomerPage({ params }: Props) {
  const { merchant: slug, customer: id } = await params;
  const scope = await requireMember(slug, "customer.read");
  const customer = await found(customerDetails(scope, id));
  const [orders, referrals, rewards, balances, events] = await Promise.all([
    ordersOfCustomer(scope, id),
    listReferrals(scope, { customer: id, limit: 50 }),
    listRewards(scope, { customer: id, limit: 20 }),
    balancesOf(scope, id),
    listEvents(scope, { kind: "facts", customer: id, limit: 20 }),
  ]);
  const { asset, timeZone } = scope;
  const admin = adminPaths(slug);
  const [mayAdjust, mayReadLedger] = [
    scopeAllows(scope, "ledger.adjust"),
    scopeAllows(scope, "ledger.read"),
  ];
  // A key of its own for each time the page is shown: sent twice, a deed is done once.
  const dialog = {
    customerId: id,
    balances: shown(scope, balances),
    requestKey: `admin-${randomCharacters(20)}`,
  };
  const asFriend = referrals.rows.filter(({ friendId }) => friendId === id);
  const asAdvocate = referrals.rows.filter(({ advocateCustomerId }) => advocateCustomerId === id);
  return (
    <>
      <PageHeader
        title={personName(customer)}
        status={
          <>
            {customer.advocacies.length > 0 ? <Badge tone="accent">Advocate</Badge> : null}
            {asFriend.length > 0 ? <Badge>Friend</Badge> : null}
          </>
        }
        description={customer.name ? customer.email : null}
        breadcrumbs={[{ label: "Customers", href: admin.customers }]}
      />
      <div className="flex flex-col gap-6">
        <StatGrid>
          <Stat
            label="Revenue"
            value={moneyText({ minor: customer.revenueMinor, asset }, "en")}
            note="After refunds"
          />
          <Stat
            label="Orders"
            value={numberText(customer.orderCount)}
            note={<LastOrder at={customer.lastOrderAt} timeZone={timeZone} />}
          />
          <Stat
            label="Friends brought"
            value={numberText(sum(customer.advocacies, ({ qualifiedCount }) => qualifiedCount))}
            note={
              customer.advocacies.length === 0
                ? "Has not joined a program"
                : "Qualified, over all programs"
            }
          />
          <Stat
            label="Rewards earned"
            value={numberText(sum(customer.advocacies, ({ rewardCount }) => rewardCount))}
            note="As an advocate, those that stand"
          />
        </StatGrid>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card>
            <CardHeader title="Profile" className="mb-4" />
            <DefinitionList
              items={[
                ...(customer.email ? [{ term: "Address", value: customer.email }] : []),
                ...(customer.externalId
                  ? [{ term: "Your id", value: <Code>{customer.externalId}</Code> }]
                  : []),
                {
                  term: "Language",
                  value: customer.locale ? LOCALE_NAMES[asLocale(customer.locale)] : "Not known",
                },
                {
                  term: "First seen",
                  value: <DateTime value={customer.firstSeenAt} timeZone={timeZone} />,
                },
                ...traitsOf(customer.traits),
                { term: "Number", value: <Code>{customer.id}</Code> },
              ]}
            />
          </Card>
          <div className="flex flex-col gap-6">
            <CustomerTierCard scope={scope} customerId={id} admin={admin} />
            {customer.advocacies.map((advocacy) => (
              <AdvocacyCard
                key={advocacy.advocateId}
                advocacy={advocacy}
                admin={admin}
                timeZone={timeZone}
              />
            ))}
            {balances.length > 0 || mayAdjust ? (
              <Card>
                <CardHeader
                  title="Balances"
                  className="mb-4"
                  actions={
                    mayReadLedger && balances.length > 0 ? (
                      <TextLink
                        className="text-sm"
                        href={withQuery(admin.transfers, { customer: id })}
                      >
                        Movements
                      </TextLink>
                    ) : null
                  }
                />
                {balances.length > 0 ? (
                  <DefinitionList items={balances.map((balance) => balanceItem(balance))} />
                ) : (
                  <p className="text-sm text-ink-muted">Nothing so far.</p>
                )}
                {mayAdjust ? (
                  <div className="mt-4 flex flex-wrap gap-2">
                    <AdjustDialog
                      {...dialog}
                      action={adjust.bind(null, slug)}
                      trigger={<Button size="sm">Adjust</Button>}
                    />
                    {balances.some(({ available }) => available > 0n) ? (
                      <HandBalanceOverDialog
                        {...dialog}
                        action={handBalanceOver.bind(null, slug)}
                        trigger={<Button size="sm">Move to another customer</Button>}
                      />
                    ) : null}
                  </div>
                ) : null}
              </Card>
            ) : null}
            <Card>
              <CardHeader title="Consents" className="mb-4" />
              {customer.consents.length === 0 ? (
                <p className="text-sm text-ink-muted">
                  Nothing was asked yet. Program mail goes out until someone says no.
                </p>
              ) : (
                <DefinitionList
                  items={customer.consents.map((consent) => ({
                    term:
                      consent.purpose === PROGRAM_MAIL ? "Mail about the program" : consent.purpose,
                    value: consent.granted ? (
                      <StatusPill tone="good">Yes</StatusPill>
                    ) : (
                      <StatusPill tone="warn">No</StatusPill>
                    ),
                    hint: (
                      <>
                        By {consent.source},{" "}
                        <DateTime value={consent.at} timeZone={timeZone} look="dateTime" />
                      </>
                    ),
                  }))}
                />
              )}
            </Card>
          </div>
        </div>
        {asFriend.length > 0 ? (
          <Card flush>
            <CardHeader title="As a friend" className="px-5 pt-5 pb-3" />
            <ReferralTable rows={asFriend} listHref={admin.referrals} timeZone={timeZone} />
          </Card>
        ) : null}
        {asAdvocate.length > 0 ? (
          <Card flush>
            <CardHeader
              title="Friends they brought"
              className="px-5 pt-5 pb-3"
              actions={
                referrals.nextCursor ? (
                  <TextLink className="text-sm" href={withQuery(admin.referrals, { customer: id })}>
                    All of them
                  </TextLink>
                ) : null
              }
            />
            <ReferralTable
              rows={asAdvocate}
              listHref={admin.referrals}
              timeZone={timeZone}
              without={["advocate"]}
            />
          </Card>
        ) : null}
        <CustomerPoints scope={scope} customerId={id} admin={admin} />
        {rewards.rows.length > 0 ? (
          <Card flush>
            <CardHeader
              title="Rewards"
              className="px-5 pt-5 pb-3"
              actions={
                rewards.nextCursor ? (
                  <TextLink className="text-sm" href={withQuery(admin.rewards, { customer: id })}>
                    All of them
                  </TextLink>
                ) : null
              }
            />
            <RewardTable
              rows={rewards.rows}
              listHref={admin.rewards}
              timeZone={timeZone}
              without={["customer"]}
            />
          </Card>
        ) : null}
        <Card flush>
          <CardHeader title="Orders" className="px-5 pt-5 pb-3" />
          {orders.length === 0 ? (
            <Empty title="No order yet" bare>
              Purchases that your shop sends appear here, with their refunds.
            </Empty>
          ) : (
            <OrderTable
              orders={orders}
              asset={asset}
              timeZone={timeZone}
              eventHref={(eventId) => admin.event(eventId)}
            />
          )}
        </Card>
        <Card flush>
          <CardHeader
            title="Latest events"
            className="px-5 pt-5 pb-3"
            actions={
              events.nextCursor ? (
                <TextLink className="text-sm" href={withQuery(admin.events, { customer: id })}>
                  All of them
                </TextLink>
              ) : null
            }
          />
          <EventTable
            rows={events.rows}
            listHref={admin.events}
            timeZone={timeZone}
            without={["customer"]}
            empty={
              <Empty title="No event yet" bare>
                What this customer does appears here.
              </Empty>
            }
          />
        </Card>
      </div>
    </>
  );
}

function LastOrder({ at, timeZone }: { at: Date | null; timeZone: string }) {
  return at ? (
    <>
      Last on <DateTime value={at} timeZone={timeZone} />
    </>
  ) : (
    "None so far"
  );
}

function AdvocacyCard({
  advocacy,
  admin,
  timeZone,
}: {
  advocacy: Advocacy;
  admin: AdminPaths;
  timeZone: string;
}) {
  const [code] = advocacy.codes;
  return (
    <Card>
      <CardHeader title={`Advocate in ${advocacy.program.name}`} className="mb-4" />
      <div className="flex flex-col gap-4">
        {code ? (
          <CopyField name="Share link" value={publicUrl(`/r/${code}`)} label="Copy link" />
        ) : null}
        <DefinitionList
          items={[
            ...(code ? [{ term: "Code", value: <Code>{code}</Code> }] : []),
            {
              term: "Program",
              value: (
                <TextLink href={admin.program(advocacy.program.id)}>
                  {advocacy.program.name}
                </TextLink>
              ),
            },
            { term: "Joined", value: <DateTime value={advocacy.joinedAt} timeZone={timeZone} /> },
            { term: "Qualified friends", value: numberText(advocacy.qualifiedCount) },
            { term: "On the leaderboard", value: advocacy.alias ?? "Not shown" },
          ]}
        />
      </div>
    </Card>
  );
}

/** What the dialogs start from: the shop's money and points, whether there are any or not. */
function shown(scope: Scope, balances: readonly Balances[]): ShownBalance[] {
  return adjustableAssets(scope).map((asset) => {
    const balance = balances.find((one) => one.asset === asset);
    return { asset, minor: String(balance ? balanceShown(balance) : 0n) };
  });
}

function balanceItem({ asset, available, pending, issued, owed, spent }: Balances) {
  const part = (minor: bigint, words: string) =>
    minor === 0n
      ? []
      : [
          <span key={words}>
            <Money value={{ minor, asset }} /> {words}
          </span>,
        ];
  const rest = [
    ...part(-owed, "owed, paid by later rewards"),
    ...part(pending, "on hold"),
    ...part(issued, "handed out"),
    ...part(spent, "spent"),
  ];
  return {
    term: asset === POINTS ? "Points" : assetCode(asset),
    value: (
      <>
        <Money value={{ minor: available, asset }} /> to spend
      </>
    ),
    hint: rest.length > 0 ? <span className="flex flex-col">{rest}</span> : undefined,
  };
}

function traitsOf(traits: unknown): { term: string; value: string }[] {
  if (traits === null || typeof traits !== "object") return [];
  return Object.entries(traits)
    .slice(0, 20)
    .map(([term, value]) => ({
      term,
      value: typeof value === "string" ? value : JSON.stringify(value),
    }));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
