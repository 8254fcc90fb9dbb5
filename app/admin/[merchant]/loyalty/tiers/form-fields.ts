import type { LadderFields } from "@/components/loyalty/tiers/ladder-fields";
import { writeMultiplier } from "@/lib/core/values/percent";
import type { Ladder } from "@/lib/loyalty/tiers/queries/ladder";
import { tierAmountText } from "@/lib/loyalty/tiers/schema";

/** The tiers as the form shows them; an example to start from where the shop has none. */
export function fieldsOf(ladder: Ladder | null, currency: string): LadderFields {
  if (!ladder) return EXAMPLE;
  const { metric, window, windowDays, graceDays, active, tiers } = ladder;
  return {
    metric,
    window,
    windowDays: String(windowDays),
    graceDays: String(graceDays),
    active,
    tiers: tiers.map(({ id, name, threshold, benefits, color, icon, pointsMultiplierBp }) => ({
      id,
      name,
      benefits,
      color,
      icon,
      threshold: tierAmountText(threshold, metric, currency),
      pointsMultiplier: writeMultiplier(pointsMultiplierBp),
    })),
  };
}

const NO_WORDS = { en: "", sq: "", zh: "" };
const EXAMPLE: LadderFields = {
  metric: "referrals",
  window: "rolling",
  windowDays: "365",
  graceDays: "30",
  active: true,
  tiers: [
    {
      id: "",
      name: "Bronze",
      threshold: "1",
      benefits: NO_WORDS,
      color: "#b45309",
      icon: "sprout",
      pointsMultiplier: "1",
    },
    {
      id: "",
      name: "Silver",
      threshold: "3",
      benefits: NO_WORDS,
      color: "#64748b",
      icon: "star",
      pointsMultiplier: "1.1",
    },
    {
      id: "",
      name: "Gold",
      threshold: "10",
      benefits: NO_WORDS,
      color: "#a16207",
      icon: "crown",
      pointsMultiplier: "1.25",
    },
  ],
};
