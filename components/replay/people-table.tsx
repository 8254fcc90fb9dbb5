import type { Asset } from "@/lib/core/money";
import type { ReplayDifferenceRow } from "@/lib/pipeline/replay/queries";
import type { ReplayDetail, ReplayedReward } from "@/lib/pipeline/replay/schema";
import { Person } from "../customer/person";
import { Badge } from "@/components/ui/content/badge";
import { moneyText, numberText } from "../ui/format";
import { Table } from "@/components/ui/content/table";

type PeopleTableProps = {
  rows: ReplayDifferenceRow[];
  asset: Asset;
  titleOf: (ruleId: string) => string;
  customerHref: (customerId: string) => string;
  empty: React.ReactNode;
};

/** What each person would get instead, and why. */
export function PeopleTable({ rows, asset, titleOf, customerHref, empty }: PeopleTableProps) {
  const cost = (minor: bigint) => moneyText({ minor, asset }, "en");
  return (
    <Table
      caption="Difference by person"
      rows={rows}
      rowKey={({ customerId }) => customerId}
      empty={empty}
      rowHref={({ customerId }) => customerHref(customerId)}
      columns={[
        {
          key: "person",
          header: "Customer",
          primary: true,
          width: "14rem",
          cell: (row) => <Person person={row} />,
        },
        {
          key: "what",
          header: "Changes and reasons",
          cell: ({ detail }) => (
            <ul className="flex flex-col gap-2 py-1 text-left">
              {detail.slice(0, MOST_SHOWN).map((one) => (
                <Change
                  key={`${one.ruleId} ${one.causeKey}`}
                  detail={one}
                  title={titleOf(one.ruleId)}
                  asset={asset}
                />
              ))}
              {detail.length > MOST_SHOWN ? (
                <li className="text-xs text-ink-muted">
                  and {numberText(detail.length - MOST_SHOWN)} more, in the CSV
                </li>
              ) : null}
            </ul>
          ),
        },
        {
          key: "rewards",
          header: "Rewards",
          numeric: true,
          width: "6rem",
          cell: (row) => (
            <Turn from={numberText(row.rewardsBefore)} to={numberText(row.rewardsAfter)} />
          ),
        },
        {
          key: "cost",
          header: "Cost",
          numeric: true,
          width: "11rem",
          cell: (row) => <Turn from={cost(row.costBeforeMinor)} to={cost(row.costAfterMinor)} />,
        },
      ]}
    />
  );
}

function Turn({ from, to }: { from: string; to: string }) {
  return (
    <span className="whitespace-nowrap">
      <span className="text-ink-muted">
        {from} <span aria-hidden="true">→</span>
        <span className="sr-only">to</span>
      </span>{" "}
      {to}
    </span>
  );
}

const MOST_SHOWN = 4;
const TONES = { gained: "good", lost: "bad", changed: "neutral" } as const;
const NAMES = { gained: "Gained", lost: "Lost", changed: "Changed value" };

function Change({ detail, title, asset }: { detail: ReplayDetail; title: string; asset: Asset }) {
  const { change, before, after, reason, orderId } = detail;
  const worth = [before, after]
    .filter((side) => side !== null)
    .map((side) => worthText(side, asset))
    .join(" → ");
  return (
    <li>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={TONES[change]}>{NAMES[change]}</Badge>
        <span>{title}</span>
        <span className="figure text-ink-muted">{worth}</span>
      </span>
      <span className="block text-[0.8125rem]/5 text-ink-muted">
        {orderId ? `Order ${orderId}. ` : ""}
        {reason}
      </span>
    </li>
  );
}

/** "€10.00", "50 points"; for a reward without an amount its kind and cost. */
function worthText(
  { amountMinor, asset, benefit, costMinor }: ReplayedReward,
  currency: Asset,
): string {
  if (amountMinor !== null && asset !== null)
    return moneyText({ minor: amountMinor, asset: asset as Asset }, "en");
  const cost = moneyText({ minor: costMinor, asset: currency }, "en");
  return `${benefit.replaceAll("_", " ")}, cost ${cost}`;
}
