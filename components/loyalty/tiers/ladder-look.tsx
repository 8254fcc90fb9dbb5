import type { TierMetric } from "@/lib/loyalty/tiers/schema";
import { BadgeMedal } from "../badges/badge-medal";
import type { TierFields } from "./ladder-fields";

/** The tiers as customers will see them. */
export function LadderLook({
  rows,
  metric,
  currency,
  language,
}: {
  rows: readonly (TierFields & { key: number })[];
  metric: TierMetric;
  currency: string;
  language: string;
}) {
  const ordered = [...rows].sort((a, b) => Number(a.threshold) - Number(b.threshold));
  return (
    <ol className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {ordered.map(({ key, name, threshold, icon, color, benefits }) => (
        <li key={key} className="flex items-start gap-3">
          <BadgeMedal icon={icon} color={color} shape="shield" size={44} />
          <div className="min-w-0 text-sm/6 [overflow-wrap:anywhere]">
            <p className="font-medium">{name || "Tier name"}</p>
            <p className="figure text-ink-muted">{fromText(threshold, metric, currency)}</p>
            <p className="whitespace-pre-line">{benefits[language as "en"] || benefits.en}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** "From 1 qualified friend", "From 500 USD in friends’ purchases" */
function fromText(threshold: string, metric: TierMetric, currency: string): string {
  const amount = threshold || "…";
  if (metric === "revenue") return `From ${amount} ${currency} in friends’ purchases`;
  const [one, more] =
    metric === "points" ? ["point", "points"] : ["qualified friend", "qualified friends"];
  return `From ${amount} ${threshold.trim() === "1" ? one : more}`;
}
