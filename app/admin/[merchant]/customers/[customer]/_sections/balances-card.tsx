import {
  AdjustDialog,
  MoveBalanceDialog,
  type ShownBalance,
} from "@/components/ledger/balance-dialogs";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Money } from "@/components/ui/content/display";
import { Button, TextLink } from "@/components/ui/controls/button";
import { randomCharacters } from "@/lib/core/id";
import { assetCode, POINTS } from "@/lib/core/money";
import { withQuery } from "@/lib/core/query-string";
import { type Balances, balanceShown, balancesOf } from "@/lib/ledger/queries/balances";
import { adjustableAssets } from "@/lib/ledger/schema";
import type { AdminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { adjust, moveBalance } from "../../actions";

type BalancesCardProps = { scope: Scope; customerId: string; admin: AdminPaths };

/** The customer's balances, and what a member may do with them. */
export async function BalancesCard({ scope, customerId, admin }: BalancesCardProps) {
  const balances = await balancesOf(scope, customerId);
  const mayAdjust = scopeAllows(scope, "ledger.adjust");
  if (balances.length === 0 && !mayAdjust) return null;
  const mayReadLedger = scopeAllows(scope, "ledger.read");
  return (
    <Card>
      <CardHeader
        title="Balances"
        className="mb-4"
        actions={
          mayReadLedger && balances.length > 0 ? (
            <TextLink
              className="text-sm"
              href={withQuery(admin.transfers, { customer: customerId })}
            >
              View transfers
            </TextLink>
          ) : null
        }
      />
      {balances.length > 0 ? (
        <DefinitionList items={balances.map((balance) => balanceItem(balance))} />
      ) : (
        <p className="text-sm text-ink-muted">No balance yet.</p>
      )}
      {mayAdjust ? (
        <BalanceActions scope={scope} customerId={customerId} balances={balances} />
      ) : null}
    </Card>
  );
}

type BalanceActionsProps = { scope: Scope; customerId: string; balances: readonly Balances[] };

function BalanceActions({ scope, customerId, balances }: BalanceActionsProps) {
  const dialog = {
    customerId,
    balances: shown(scope, balances),
    // A new key each time the page is shown: a form that is sent twice is applied once.
    requestKey: `admin-${randomCharacters(20)}`,
  };
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      <AdjustDialog
        {...dialog}
        action={adjust.bind(null, scope.merchantSlug)}
        trigger={<Button size="sm">Adjust balance</Button>}
      />
      {balances.some(({ available }) => available > 0n) ? (
        <MoveBalanceDialog
          {...dialog}
          action={moveBalance.bind(null, scope.merchantSlug)}
          trigger={<Button size="sm">Move to another customer</Button>}
        />
      ) : null}
    </div>
  );
}

/** What the dialogs start from: the shop's money and points, zero where the customer has none. */
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
    ...part(-owed, "owed, repaid from later rewards"),
    ...part(pending, "on hold"),
    ...part(issued, "issued"),
    ...part(spent, "spent"),
  ];
  return {
    term: asset === POINTS ? "Points" : assetCode(asset),
    value: (
      <>
        <Money value={{ minor: available, asset }} /> available
      </>
    ),
    hint: rest.length > 0 ? <span className="flex flex-col">{rest}</span> : undefined,
  };
}
