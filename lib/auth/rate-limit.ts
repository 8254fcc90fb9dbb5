import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "@/lib/core/errors";

/** How often something may be tried: `points` per `seconds`. Each process counts by itself. */
const LIMITS = {
  /** Failed sign-ins from one address, and for one account. */
  sign_in: { points: 30, seconds: 15 * 60 },
  sign_in_email: { points: 10, seconds: 15 * 60 },
  /** The password that somebody who is signed in gives to change it. */
  password: { points: 10, seconds: 15 * 60 },
  /** What somebody who is signed in does with their account. */
  account: { points: 60, seconds: 10 * 60 },
  sign_up: { points: 20, seconds: 60 * 60 },
  /** Emails with a sign-in link: per client address, and per recipient. */
  link: { points: 20, seconds: 60 * 60 },
  link_email: { points: 5, seconds: 60 * 60 },
  /**
   * Opening a one-time link or an invitation: tokens cannot be guessed, but hammering is stopped.
   */
  token: { points: 60, seconds: 15 * 60 },
  claim: { points: 60, seconds: 10 * 60 },
  share: { points: 120, seconds: 10 * 60 },
  /** Drawing the picture of an invitation, which takes longer than a page. */
  picture: { points: 30, seconds: 60 },
  /** Anything else that the public may do. */
  public: { points: 120, seconds: 60 },
  /** API requests with an unknown key, and with a valid one. */
  key_miss: { points: 30, seconds: 60 },
  key: { points: 3_000, seconds: 60 },
} as const;

export type Limit = keyof typeof LIMITS;

/** Refuses a try beyond the limit, and says when to come back. */
export class RateLimited extends DomainError {
  constructor(readonly retryAfterSeconds: number) {
    super("rate_limited", `Too many attempts. Try again in ${inWords(retryAfterSeconds)}.`);
  }
}

// Pages, actions and routes are bundled separately; on the global object they share the counters.
const globals = globalThis as typeof globalThis & {
  goodwordLimits?: Map<Limit, RateLimiterMemory>;
};
const limiters = (globals.goodwordLimits ??= new Map());

function limiterOf(limit: Limit): RateLimiterMemory {
  let limiter = limiters.get(limit);
  if (!limiter) {
    const { points, seconds } = LIMITS[limit];
    limiter = new RateLimiterMemory({ keyPrefix: limit, points, duration: seconds });
    limiters.set(limit, limiter);
  }
  return limiter;
}

/** Counts one try. @throws RateLimited if there were too many lately */
export async function consume(limit: Limit, key: string): Promise<void> {
  try {
    await limiterOf(limit).consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes)
      throw new RateLimited(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}

/** Uncounts one try that turned out to be honest. */
export async function forgive(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).reward(key, 1);
}

/** Resets the count of a key. */
export async function reset(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).delete(key);
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
