import { type Asset } from "@/lib/core/money";
import type { ReplaySummary, ReplayTotals } from "@/lib/pipeline/replay/schema";
import { moneyText, numberText } from "../ui/format";
import { type Delta, Stat, StatGrid } from "@/components/ui/content/stat";
import { type Column, Table } from "@/components/ui/content/table";

/** What a replay found, as four figures. */
export function Outcome({ summary, asset }: { summary: ReplaySummary; asset: Asset }) {
  const { before, after, gained, lost, changed, affected, people } = summary;
  const cost = (totals: ReplayTotals) => moneyText({ minor: totals.costMinor, asset }, "en");
  return (
    <StatGrid columns={4}>
      <Stat
        label="Cost"
        value={cost(after)}
        note={`${cost(before)} in the published version`}
        delta={delta(
          BigInt(after.costMinor) - BigInt(before.costMinor),
          (minor) => moneyText({ minor, asset }, "en"),
          "bad",
        )}
      />
      <Stat
        label="Rewards"
        value={numberText(after.rewards)}
        note={`${numberText(before.rewards)} in the published version`}
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
            ? `${numberText(changed.rewards)} more changed in value`
            : "All others stay the same"
        }
      />
      <Stat
        label="People affected"
        value={numberText(affected)}
        note={`of ${numberText(people)} in this period`}
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
  /** In which of the two terms the rule is switched on. */
  presence: "both" | "draft" | "published";
};

/** What a replay found, rule by rule. */
export function RuleOutcomes({ rules, asset }: { rules: RuleOutcome[]; asset: Asset }) {
  const cost = (totals: ReplayTotals) => moneyText({ minor: totals.costMinor, asset }, "en");
  const columns: Column<RuleOutcome>[] = [
    {
      key: "rule",
      header: "Rule",
      primary: true,
      cell: ({ title, presence }) => (
        <>
          {title}
          {presence === "both" ? null : (
            <span className="block text-xs text-ink-muted">
              {presence === "draft" ? "Only in the draft" : "Not in the draft"}
            </span>
          )}
        </>
      ),
    },
    {
      key: "before",
      header: "Rewards, published",
      numeric: true,
      cell: ({ before }) => numberText(before.rewards),
    },
    {
      key: "after",
      header: "Rewards, draft",
      numeric: true,
      cell: ({ after }) => numberText(after.rewards),
    },
    { key: "gained", header: "Gained", numeric: true, cell: ({ gained }) => numberText(gained) },
    { key: "lost", header: "Lost", numeric: true, cell: ({ lost }) => numberText(lost) },
    {
      key: "changed",
      header: "Changed value",
      numeric: true,
      cell: ({ changed }) => numberText(changed),
    },
    {
      key: "costBefore",
      header: "Cost, published",
      numeric: true,
      cell: ({ before }) => cost(before),
    },
    {
      key: "costAfter",
      header: "Cost, draft",
      numeric: true,
      cell: ({ after }) => cost(after),
    },
  ];
  return (
    <Table
      caption="Difference by rule"
      columns={columns}
      rows={rules}
      rowKey={({ ruleId }) => ruleId}
    />
  );
}
