import { Download } from "lucide-react";
import type { Metadata } from "next";
import { AssetAmount } from "@/components/ledger/asset-amount";
import { KIND_WORDS } from "@/components/ledger/words";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Money } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { moneyText, numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { costOfPoints, type Asset, assetCode, POINTS } from "@/lib/core/money";
import { ACCOUNT_KINDS } from "@/lib/ledger/rules/accounts";
import { type Liability, liabilityOf, type Outstanding } from "@/lib/ledger/queries/liability";
import { latestCheck } from "@/lib/ledger/queries/balances";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { scopeAllows } from "@/lib/merchants/scope";
import { CheckResult } from "./_sections/check-result";
import { checkNow } from "./actions";
import { LedgerTabs } from "./tabs";

export const metadata: Metadata = { title: "Ledger" };

type Props = { params: Promise<{ merchant: string }> };

export default async function LedgerPage({ params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "ledger.read");
  const [liability, check, { pointCostMilli }] = await Promise.all([
    liabilityOf(scope),
    latestCheck(scope),
    merchantProfile(scope),
  ]);
  const admin = adminPaths(slug);
  const cost = (points: bigint) => ({
    minor: costOfPoints(points, pointCostMilli),
    asset: scope.asset,
  });
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Your rewards in money, credit and points, to the last cent."
        actions={
          <ButtonLink
            href={admin.ledgerExport}
            prefetch={false}
            icon={<Download aria-hidden="true" />}
          >
            Export as CSV
          </ButtonLink>
        }
      />
      <LedgerTabs admin={admin} />
      <div className="flex flex-col gap-6">
        <CheckResult
          check={check}
          timeZone={scope.timeZone}
          action={scopeAllows(scope, "ledger.adjust") ? checkNow.bind(null, slug) : null}
        />
        {liability.balances.length === 0 ? (
          <Card>
            <Empty title="No ledger entries yet" bare>
              They begin with the first reward.
            </Empty>
          </Card>
        ) : (
          <>
            <PointsLiability liability={liability} cost={cost} />
            {assetsOf(liability).map((asset) => (
              <AssetCard key={asset} asset={asset} liability={liability} />
            ))}
            <ExpiryCard liability={liability} cost={cost} />
          </>
        )}
      </div>
    </>
  );
}

type CostOf = (points: bigint) => { minor: bigint; asset: Asset };

/** What could still be asked for in points, and what it would cost. */
function PointsLiability({
  liability: { balances, breakage },
  cost,
}: {
  liability: Liability;
  cost: CostOf;
}) {
  const of = (kind: string) =>
    balances.find((balance) => balance.asset === POINTS && balance.kind === kind)?.minor ?? 0n;
  const expired = sum(breakage.filter(({ asset }) => asset === POINTS));
  if (balances.every(({ asset }) => asset !== POINTS)) return null;
  const tile = (label: string, points: bigint, note: string) => (
    <Stat
      label={label}
      value={moneyText({ minor: points, asset: POINTS }, "en")}
      note={`${moneyText(cost(points), "en")} ${note}`}
    />
  );
  return (
    <StatGrid>
      {tile("Outstanding points", of("available"), "if all are redeemed")}
      {tile("On hold", of("pending"), "once they are released")}
      {tile("Expired unused", expired, "not spent on them")}
      {tile("Owed to you", -of("owed"), "from later rewards")}
    </StatGrid>
  );
}

function AssetCard({ asset, liability }: { asset: Asset; liability: Liability }) {
  const rows = ACCOUNT_KINDS.flatMap((kind) =>
    liability.balances.filter((balance) => balance.asset === asset && balance.kind === kind),
  );
  return (
    <Card flush>
      <CardHeader
        title={asset === POINTS ? "Points" : assetCode(asset)}
        className="px-5 pt-5 pb-3"
      />
      <Table
        caption={`Balances in ${assetCode(asset)} by kind of account`}
        rows={rows}
        rowKey={({ kind }) => kind}
        columns={[
          {
            key: "kind",
            header: "Kind",
            primary: true,
            cell: ({ kind }) => (
              <span className="flex flex-col">
                <span>{KIND_WORDS[kind].label}</span>
                <span className="text-xs text-ink-muted">{KIND_WORDS[kind].meaning}</span>
              </span>
            ),
          },
          {
            key: "accounts",
            header: "Accounts with a balance",
            numeric: true,
            cell: ({ accounts }) => numberText(accounts),
          },
          {
            key: "minor",
            header: "Balance",
            numeric: true,
            cell: ({ minor }) => <Money value={{ minor, asset }} />,
          },
        ]}
        footer={{ kind: "Total", minor: <Money value={{ minor: sum(rows), asset }} /> }}
      />
    </Card>
  );
}

function ExpiryCard({ liability: { outstanding }, cost }: { liability: Liability; cost: CostOf }) {
  if (outstanding.length === 0) return null;
  const worth = ({ asset, minor }: Outstanding) =>
    asset === POINTS ? <Money value={cost(minor)} /> : <Money value={{ minor, asset }} />;
  return (
    <Card flush>
      <CardHeader
        title="Expiry"
        className="px-5 pt-5 pb-3"
        description="What customers can still spend, by the month in which it expires."
      />
      <Table
        caption="Outstanding balances by month of expiry"
        rows={outstanding}
        rowKey={({ asset, month }) => `${asset} ${month ?? "never"}`}
        columns={[
          {
            key: "month",
            header: "Expires",
            primary: true,
            cell: ({ month }) => (month ? monthText(month) : "Never"),
          },
          {
            key: "customers",
            header: "Customers",
            numeric: true,
            cell: ({ customers }) => numberText(customers),
          },
          {
            key: "minor",
            header: "Outstanding",
            numeric: true,
            cell: ({ minor, asset }) => <AssetAmount value={{ minor, asset }} />,
          },
          { key: "cost", header: "Cost", numeric: true, cell: worth },
        ]}
      />
    </Card>
  );
}

/** Those in use, the shop's money before its points. */
function assetsOf({ balances }: Liability): Asset[] {
  return [...new Set(balances.map(({ asset }) => asset))].sort(
    (one, other) => Number(one === POINTS) - Number(other === POINTS),
  );
}

function monthText(month: string): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

function sum(rows: readonly { minor: bigint }[]): bigint {
  return rows.reduce((total, { minor }) => total + minor, 0n);
}
