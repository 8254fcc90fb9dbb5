import { rangeQuery } from "@/components/insights/dashboard-range";
import { MetricStat } from "@/components/insights/metric-stat";
import { besideNamed, figureText } from "@/components/insights/words";
import { StatGrid } from "@/components/ui/content/stat";
import { measureAll } from "@/lib/reports";
import type { Section } from "./section";

const HEADLINES = [
  "referral_rate",
  "referred_revenue",
  "program_cost",
  "roi",
  "enrolment_rate",
  "share_rate",
  "referral_conversion",
  "k_factor",
] as const;

/** The key metrics as tiles. */
export async function Headlines({ scope, admin, range }: Section) {
  const measured = await measureAll(scope, HEADLINES, range.days, { compare: range.compare });
  const shares = besideNamed(measured.share_rate.metric, "shares_per_advocate");
  const cycle = besideNamed(measured.k_factor.metric, "cycle_time");
  const notes: Partial<Record<(typeof HEADLINES)[number], string | null>> = {
    share_rate:
      shares?.value == null ? null : `${figureText(shares.value, "ratio")} shares per advocate`,
    k_factor: cycle?.value == null ? null : `${figureText(cycle.value, "days")} per round`,
  };
  return (
    <StatGrid>
      {HEADLINES.map((name) => (
        <MetricStat
          key={name}
          measurement={measured[name]}
          href={admin.insight(name) + rangeQuery(range)}
          note={notes[name]}
        />
      ))}
    </StatGrid>
  );
}
