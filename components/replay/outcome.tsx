import { type Asset } from "@/lib/core/money";
import type { ReplaySummary, ReplayTotals } from "@/lib/pipeline/replay/schema";
import { moneyText, numberText } from "../ui/format";
import { type Delta, Stat, StatGrid } from "@/components/ui/content/stat";
import { type Column, Table } from "@/components/ui/content/table";

/** What a replay found, in four numbers. */
export function Outcome({ summary, asset }: { summary: ReplaySummary; asset: Asset }) {
  const { before, after, gained, lost, changed, affected, people } = summary;
  const cost = (totals: ReplayTotals) => moneyText({ minor: totals.costMinor, asset }, "en");
  return (
    <StatGrid columns={4}>
      <Stat
        label="Cost"
        value={cost(after)}
        note={`${cost(before)} under the terms in force`}
        delta={delta(
          BigInt(after.costMinor) - BigInt(before.costMinor),
          (minor) => moneyText({ minor, asset }, "en"),
          "bad",
        )}
      />
      <Stat
        label="Rewards"
        value={numberText(after.rewards)}
        note={`${numberText(before.rewards)} under the terms in force`}
        delta={delta(
          BigInt(after.rewards - before.rewards),
          (count) => numberText(Number(count)),
          "neutral",
        )}
      />
      <Stat
        label="Gained and lost"
        value={`${numberText(gained.rewards)} / ${numberText(lost.rewards)}`}
        note={
          changed.rewards > 0
            ? `${numberText(changed.rewards)} more with another worth`
            : "All others stay as they are"
        }
      />
      <Stat
        label="People affected"
        value={numberText(affected)}
        note={`of ${numberText(people)} whom the days concern`}
      />
    </StatGrid>
  );
}

/** @param rise whether more of it is bad or neither */
function delta(
  difference: bigint,
  text: (size: bigint) => string,
  rise: "bad" | "neutral",
): Delta | null {
  if (difference === 0n) return { text: "No change", direction: "flat", tone: "neutral" };
  const up = difference > 0n;
  const tone = rise === "neutral" ? "neutral" : up ? "bad" : "good";
  return {
    text: `${up ? "+" : "−"}${text(up ? difference : -difference)}`,
    direction: up ? "up" : "down",
    tone,
  };
}

export type RuleOutcome = ReplaySummary["rules"][number] & {
  title: string;
  standing: "both" | "new" | "gone";
};

/** The same, rule by rule. */
export function RuleOutcomes({ rules, asset }: { rules: RuleOutcome[]; asset: Asset }) {
  const cost = (totals: ReplayTotals) => moneyText({ minor: totals.costMinor, asset }, "en");
  const columns: Column<RuleOutcome>[] = [
    {
      key: "rule",
      header: "Rule",
      primary: true,
      cell: ({ title, standing }) => (
        <>
          {title}
          {standing === "both" ? null : (
            <span className="block text-xs text-ink-muted">
              {standing === "new" ? "Only in the draft" : "Not in the draft any more"}
            </span>
          )}
        </>
      ),
    },
    {
      key: "before",
      header: "Rewards now",
      numeric: true,
      cell: ({ before }) => numberText(before.rewards),
    },
    {
      key: "after",
      header: "Rewards with the draft",
      numeric: true,
      cell: ({ after }) => numberText(after.rewards),
    },
    { key: "gained", header: "Gained", numeric: true, cell: ({ gained }) => numberText(gained) },
    { key: "lost", header: "Lost", numeric: true, cell: ({ lost }) => numberText(lost) },
    {
      key: "changed",
      header: "Other worth",
      numeric: true,
      cell: ({ changed }) => numberText(changed),
    },
    { key: "costBefore", header: "Cost now", numeric: true, cell: ({ before }) => cost(before) },
    {
      key: "costAfter",
      header: "Cost with the draft",
      numeric: true,
      cell: ({ after }) => cost(after),
    },
  ];
  return (
    <Table
      caption="The difference by rule"
      columns={columns}
      rows={rules}
      rowKey={({ ruleId }) => ruleId}
    />
  );
}
