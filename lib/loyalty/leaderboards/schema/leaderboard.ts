import { z } from "zod";
import { type LocalizedText, localizedTextOf } from "@/lib/core/i18n/localized";
import { type Benefit, benefitSchema, type Calculator, calculatorSchema } from "@/lib/terms/schema";
import { hasAmount } from "@/lib/terms/kinds/benefits";

/**
 * What a leaderboard counts: qualified friends, what they bought minus refunds, or points earned
 * under the program's rules.
 */
export const METRICS = ["referrals", "revenue", "points"] as const;
export type Metric = (typeof METRICS)[number];

/** How long a season is; `custom` has one, between two dates. */
export const CADENCES = ["week", "month", "custom", "ever"] as const;
export type Cadence = (typeof CADENCES)[number];

export type Prize = {
  fromRank: number;
  toRank: number;
  benefit: Benefit;
  calculator: Calculator;
};

const rank = z
  .int("Enter a rank, 1 for the top.")
  .min(1, "Ranks start at 1.")
  .max(1_000, "Prizes go down to rank 1,000.");

const prizeSchema: z.ZodType<Prize> = z.preprocess(
  withRanks,
  z
    .strictObject({
      fromRank: rank,
      toRank: rank,
      benefit: benefitSchema,
      calculator: calculatorSchema,
    })
    .superRefine(({ fromRank, toRank, benefit, calculator }, context) => {
      const say = (path: string, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      if (toRank < fromRank) say("toRank", "The last rank must not be before the first.");
      if (hasAmount(benefit) ? calculator.kind !== "fixed" : calculator.kind !== "none")
        say("calculator", "Use a fixed amount.");
    }),
);

/** Prizes were stored with `fromPlace` and `toPlace` at first; these are still read. */
function withRanks(stored: unknown): unknown {
  if (typeof stored !== "object" || stored === null || !("fromPlace" in stored)) return stored;
  const { fromPlace, toPlace, ...prize } = stored as Record<string, unknown>;
  return { fromRank: fromPlace, toRank: toPlace, ...prize };
}

export const prizesSchema = z
  .array(prizeSchema)
  .max(20)
  .superRefine((prizes, context) => {
    const sorted = prizes
      .map((prize, index) => ({ ...prize, index }))
      .sort((a, b) => a.fromRank - b.fromRank);
    for (const [position, prize] of sorted.entries()) {
      if (position > 0 && prize.fromRank <= sorted[position - 1]!.toRank) {
        context.addIssue({
          code: "custom",
          path: [prize.index, "fromRank"],
          message: "This rank already has a prize.",
        });
      }
    }
  });

const MOST_GRACE_HOURS = 24 * 31;

/**
 * A leaderboard as it is made. What it counts and over which seasons stays; the rest can be edited.
 */
export const leaderboardSchema = z
  .strictObject({
    programId: z.string("Choose a program.").min(1, "Choose a program.").max(40),
    name: localizedTextOf(60, "Enter a name."),
    metric: z.enum(METRICS),
    cadence: z.enum(CADENCES),
    /** For `custom` only. */
    startsAt: z.date().nullable(),
    endsAt: z.date().nullable(),
    graceHours: z.int().min(0).max(MOST_GRACE_HOURS, "At most 31 days."),
    prizes: prizesSchema,
  })
  .superRefine(({ cadence, startsAt, endsAt, prizes }, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (cadence === "custom" && (!startsAt || !endsAt)) say("endsAt", "Enter both dates.");
    if (startsAt && endsAt && startsAt >= endsAt) say("endsAt", "The end must be after the start.");
    if (cadence === "ever" && prizes.length > 0)
      say("prizes", "An all-time leaderboard never ends, so it has no prizes.");
  });
export type LeaderboardInput = z.infer<typeof leaderboardSchema>;

export type Leaderboard = {
  id: string;
  programId: string;
  name: LocalizedText;
  metric: Metric;
  cadence: Cadence;
  startsAt: Date | null;
  endsAt: Date | null;
  graceHours: number;
  prizes: Prize[];
  state: "active" | "disabled";
  createdAt: Date;
};

export type Season = {
  id: string;
  leaderboardId: string;
  startsAt: Date;
  /** Null for a season without end. */
  endsAt: Date | null;
  closesAt: Date | null;
  state: "running" | "closed";
  closedAt: Date | null;
  /** As they stood when it was closed; null while it runs. */
  prizes: Prize[] | null;
};

/** Why a winner's prize is where it is. */
export const WINNER_REASONS = {
  closed: "Being granted",
  in_review: "A referral in this season is under review",
  given: "Granted",
  referral_rejected: "A referral in this season was rejected after it ended",
  failed: "Not granted yet; we keep trying",
} as const;
export type WinnerReason = keyof typeof WINNER_REASONS;
