import { z } from "zod";
import { dateInZone, startOfDateInZone } from "@/lib/core/time";
import { daySchema, shiftDay } from "@/lib/core/values/day";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { SIDES, termsSchema } from "@/lib/terms/schema";

export const USUAL_DAYS = 90;

const day = daySchema();

/** Calendar days of the shop, both included; by default the 90 days up to today. */
export const replayRangeSchema = z.object({ from: day.optional(), to: day.optional() });
export type ReplayRange = z.infer<typeof replayRangeSchema>;

/** The filters of a replay's page. */
export const replayFilterSchema = z.object({
  run: z
    .string()
    .regex(/^rpl_\w{1,40}$/)
    .optional(),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(500).optional(),
});

export const replayInputSchema = replayRangeSchema
  .extend({
    /** What to try; by default the program's draft. */
    terms: termsSchema.optional(),
  })
  .strict();

/**
 * The instants of a range: from the start of the first day to the end of the last one, or to now.
 * @throws z.ZodError (path "to")
 */
export function spanOfRange(
  { from, to }: ReplayRange,
  scope: Scope,
): { fromAt: Date; untilAt: Date } {
  const now = scopeNow(scope);
  const last = to ?? dateInZone(now, scope.timeZone);
  const first = from ?? shiftDay(last, 1 - USUAL_DAYS);
  const fromAt = startOfDateInZone(first, scope.timeZone);
  const end = startOfDateInZone(shiftDay(last, 1), scope.timeZone);
  return z
    .object({})
    .refine(() => fromAt < end && fromAt < now, {
      path: ["to"],
      message: "A range must start in the past and end on or after its first day.",
    })
    .transform(() => ({ fromAt, untilAt: end < now ? end : now }))
    .parse({});
}

export const REPLAY_STATES = ["queued", "running", "done", "failed", "discarded"] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

/** Minor units as text: JSON has no large integers. */
const minor = z.string().regex(/^-?\d+$/);
const totals = z.object({ rewards: z.int(), costMinor: minor });
export type ReplayTotals = z.infer<typeof totals>;

const ruleSummary = z.object({
  ruleId: z.string(),
  before: totals,
  after: totals,
  /** Rewards that only one of the runs grants, and those that both grant with differences. */
  gained: z.int(),
  lost: z.int(),
  changed: z.int(),
});
export type ReplayRuleSummary = z.infer<typeof ruleSummary>;

/** The totals of both runs. Cost is after refunds, in minor units of the merchant's currency. */
export const replaySummarySchema = z.object({
  before: totals,
  after: totals,
  gained: totals,
  lost: totals,
  changed: totals,
  /** People whose rewards would differ, all people concerned, and how many facts there were. */
  affected: z.int(),
  people: z.int(),
  facts: z.int(),
  rules: z.array(ruleSummary),
});
export type ReplaySummary = z.infer<typeof replaySummarySchema>;

const side = z.object({
  costMinor: minor,
  amountMinor: minor.nullable(),
  asset: z.string().nullable(),
  /** The kind of benefit. */
  benefit: z.string(),
});
export type ReplayedReward = z.infer<typeof side>;

/** One reward that differs, with why. */
export const replayDetailSchema = z.object({
  change: z.enum(["gained", "lost", "changed"]),
  ruleId: z.string(),
  side: z.enum(SIDES),
  causeKey: z.string(),
  orderId: z.string().nullable(),
  at: z.iso.datetime(),
  before: side.nullable(),
  after: side.nullable(),
  reason: z.string(),
});
export type ReplayDetail = z.infer<typeof replayDetailSchema>;

/** A person's rewards in both runs. */
export type ReplayedPerson = {
  customerId: string;
  rewardsBefore: number;
  rewardsAfter: number;
  costBeforeMinor: bigint;
  costAfterMinor: bigint;
  detail: ReplayDetail[];
};

export type ReplayResult = { summary: ReplaySummary; people: ReplayedPerson[] };
