import type { LocalizedText } from "@/lib/core/i18n/localized";
import type { TierMetric, TierWindow } from "@/lib/loyalty/tiers/schema";

/** A tier as the form holds it. */
export type TierFields = {
  id: string;
  name: string;
  threshold: string;
  benefits: LocalizedText;
  color: string;
  icon: string;
  pointsMultiplier: string;
};
/** The tiers, how they are earned and how they are kept, as the form holds them. */
export type LadderFields = {
  metric: TierMetric;
  window: TierWindow;
  windowDays: string;
  graceDays: string;
  active: boolean;
  tiers: TierFields[];
};

/** How many would have each tier by what counts today, beside how many have it now. */
export type LadderPreview = { name: string; would: number; now: number | null }[];
