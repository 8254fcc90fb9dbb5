import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { type Asset, currencyAsset, decimal, parseMoney, POINTS } from "@/lib/core/money";
import { medalColorSchema, medalIconSchema } from "../schema";

/** What a tier takes: points earned, qualified friends, or what friends bought. */
export const TIER_METRICS = ["points", "referrals", "revenue"] as const;
export type TierMetric = (typeof TIER_METRICS)[number];

export const TIER_WINDOWS = ["rolling", "calendar_year"] as const;
export type TierWindow = (typeof TIER_WINDOWS)[number];

/**
 * The asset that thresholds and values of a metric are counted in: money for revenue, else whole
 * numbers.
 */
export function metricAsset(metric: TierMetric, currency: string): Asset {
  return metric === "revenue" ? currencyAsset(currency) : POINTS;
}

/** A threshold or value as text: "3", "500", "1000.00". */
export function tierAmountText(minor: bigint, metric: TierMetric, currency: string): string {
  return decimal({ minor, asset: metricAsset(metric, currency) });
}

const MULTIPLIER: Asset = "X/4";

const text = z.string().trim().max(500).default("");
const benefitsSchema: z.ZodType<LocalizedText, unknown> = z.strictObject({
  en: text,
  sq: text,
  zh: text,
});

const tierInputSchema = z.strictObject({
  /** Of a tier that is there already; a new one gets its own. */
  id: z.string().min(1).max(40).optional(),
  name: z.string().trim().min(1, "Enter a name.").max(40),
  threshold: z.string().trim().min(1, "Enter a threshold.").max(20),
  /** What it brings, in words, by language. */
  benefits: benefitsSchema.default({ en: "", sq: "", zh: "" }),
  color: medalColorSchema,
  icon: medalIconSchema,
  /** "1.25" gives a quarter more points. */
  pointsMultiplier: z.string().trim().max(8).default("1"),
});

const planShape = {
  metric: z.enum(TIER_METRICS),
  window: z.enum(TIER_WINDOWS),
  windowDays: z.coerce
    .number()
    .int()
    .min(1, "At least one day.")
    .max(3_660, "At most ten years.")
    .default(365),
  graceDays: z.coerce
    .number()
    .int()
    .min(0, "0 or more days.")
    .max(365, "At most a year.")
    .default(30),
  state: z.enum(["active", "disabled"]).default("active"),
};

export type TierDefinition = {
  id: string | undefined;
  name: string;
  threshold: bigint;
  benefits: LocalizedText;
  color: string;
  icon: string;
  pointsMultiplierBp: number;
};
export type LadderInput = {
  metric: TierMetric;
  window: TierWindow;
  windowDays: number;
  graceDays: number;
  state: "active" | "disabled";
  /** Lowest first. */
  tiers: TierDefinition[];
};

/** The ladder as it is sent over the API. */
export const ladderJsonSchema = z.strictObject({
  ...planShape,
  tiers: z.array(tierInputSchema).max(12, "At most 12 tiers."),
});

/**
 * The whole ladder: what counts, for how long, and the tiers, which their thresholds put in order.
 */
export function ladderSchema(currency: string) {
  return ladderJsonSchema.transform((input, context): LadderInput => {
    const say = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    const tiers = input.tiers.map(
      ({ threshold, pointsMultiplier, id, ...tier }, index): TierDefinition => ({
        ...tier,
        id,
        threshold: read(threshold, metricAsset(input.metric, currency), (message) =>
          say(["tiers", index, "threshold"], message),
        ),
        pointsMultiplierBp: Number(
          read(pointsMultiplier, MULTIPLIER, () =>
            say(["tiers", index, "pointsMultiplier"], "Enter a number like 1.5."),
          ),
        ),
      }),
    );
    tiers.forEach((tier, index) => {
      const twin = (same: (other: TierDefinition) => boolean) => tiers.findIndex(same) < index;
      if (tier.threshold <= 0n) say(["tiers", index, "threshold"], "Enter more than 0.");
      else if (twin((other) => other.threshold === tier.threshold))
        say(["tiers", index, "threshold"], "Another tier has the same threshold.");
      if (twin((other) => other.name.toLowerCase() === tier.name.toLowerCase()))
        say(["tiers", index, "name"], "Another tier has this name.");
      if (tier.id !== undefined && twin((other) => other.id === tier.id))
        say(["tiers", index, "id"], "This tier appears twice.");
      if (tier.pointsMultiplierBp < 10_000 || tier.pointsMultiplierBp > 1_000_000) {
        say(["tiers", index, "pointsMultiplier"], "Enter a multiplier from 1 to 100.");
      }
    });
    if (input.state === "active" && tiers.length === 0) say(["tiers"], "Add a tier first.");
    return { ...input, tiers: tiers.sort((a, b) => (a.threshold < b.threshold ? -1 : 1)) };
  });
}

/** The same from a form, whose tiers are numbered fields: "tiers.0.name". */
export function ladderFormSchema(currency: string) {
  return z.preprocess((form) => {
    const { metric, window, windowDays, graceDays, state, tiers } = (form ?? {}) as Record<
      string,
      unknown
    >;
    return {
      metric,
      window,
      windowDays,
      graceDays,
      state,
      tiers: Object.values((tiers ?? {}) as object),
    };
  }, ladderSchema(currency));
}

/**
 * The ladder in a request's body. @throws DomainError invalid_request with the path of what does
 * not fit
 */
export function readLadder(
  input: z.output<typeof ladderJsonSchema>,
  currency: string,
): LadderInput {
  const { data, error } = ladderSchema(currency).safeParse(input);
  if (data) return data;
  const [issue] = error.issues;
  throw new DomainError("invalid_request", issue!.message, issue!.path.join("."));
}

function read(text: string, asset: Asset, refuse: (message: string) => void): bigint {
  try {
    return parseMoney(text, asset).minor;
  } catch (error) {
    refuse(error instanceof DomainError ? error.message : "Enter a number.");
    return 10_000n;
  }
}
