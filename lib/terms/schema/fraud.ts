import { z } from "zod";

/**
 * What each kind of signal counts for, of 100, where a program says nothing else. Those that tell
 * of one person under two names hold a referral by themselves; the others only together.
 */
export const SIGNAL_WEIGHTS = {
  self_referral: 60,
  duplicate_friend: 60,
  mutual_referral: 60,
  existing_customer: 50,
  shared_browser: 50,
  busy_network: 30,
  fast_advocate: 30,
  disposable_email: 30,
  unanswered_email: 30,
  browser_goal: 25,
  borrowed_coupon: 25,
  no_visitor: 20,
} as const satisfies Record<string, number>;
export type SignalKind = keyof typeof SIGNAL_WEIGHTS;
export const SIGNAL_KINDS = Object.keys(SIGNAL_WEIGHTS) as [SignalKind, ...SignalKind[]];

/**
 * Signals that two people may be one: the coupon that a friend gets for joining waits with the
 * rest. All others only say how somebody came, and leave it.
 */
export const SIGNALS_OF_ONE_PERSON = [
  "self_referral",
  "duplicate_friend",
  "mutual_referral",
  "existing_customer",
  "shared_browser",
] as const satisfies SignalKind[];

/** No number of friends in a day that is asked about is larger. */
export const MOST_IN_A_DAY = 200;
const inADay = z.int().min(2).max(MOST_IN_A_DAY);

/** How a program tells suspicious referrals; what is left out is as by default. */
export const fraudSchema = z.strictObject({
  /** From which score on a referral is held until somebody has looked. */
  holdFrom: z.int().min(1).max(100).optional(),
  /** How many friends of one advocate within a day are a signal. */
  friendsADay: inADay.optional(),
  /** How many people from one network within a day are a signal. */
  peopleOfANetwork: inADay.optional(),
  /** After how many days an address that has not answered is a signal. */
  answerDays: z.int().min(1).max(90).optional(),
  /** What each kind of signal counts for; 0 notes it only. */
  weights: z.partialRecord(z.enum(SIGNAL_KINDS), z.int().min(0).max(100)).optional(),
});
export type Fraud = z.infer<typeof fraudSchema>;
