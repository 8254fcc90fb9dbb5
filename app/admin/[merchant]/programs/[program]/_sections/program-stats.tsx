import { Stat, StatGrid } from "@/components/ui/content/stat";
import { moneyText, numberText } from "@/components/ui/format";
import { type Asset, parseMoney } from "@/lib/core/money";
import type { Terms } from "@/lib/terms/schema";
import type { programNumbers } from "@/lib/reports/growth/program-numbers";

type ProgramStatsProps = {
  numbers: Awaited<ReturnType<typeof programNumbers>>;
  budget: Terms["budget"];
  asset: Asset;
};

/** What the program has brought and cost so far. */
export function ProgramStats({ numbers, budget, asset }: ProgramStatsProps) {
  const cost =
    budget.cost === null
      ? "Of those rewards, minus refunds"
      : `of a budget of ${moneyText(parseMoney(budget.cost, asset), "en")}`;
  return (
    <StatGrid columns={3}>
      <Stat
        label="Advocates"
        value={numberText(numbers.advocates)}
        note="Customers who joined to share"
      />
      <Stat
        label="Link clicks"
        value={numberText(numbers.clicks)}
        note="Without bots and previews"
      />
      <Stat label="Friends" value={numberText(numbers.friends)} note="Joined, not rejected" />
      <Stat
        label="Qualified"
        value={numberText(numbers.qualified)}
        note={`of ${numberText(numbers.friends)} friends`}
      />
      <Stat
        label="Rewards"
        value={numberText(numbers.rewards)}
        note={
          budget.rewards === null
            ? "On hold, released or used"
            : `of at most ${numberText(budget.rewards)}`
        }
      />
      <Stat label="Cost" value={moneyText({ minor: numbers.costMinor, asset }, "en")} note={cost} />
    </StatGrid>
  );
}
