import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "@/lib/core/errors";

/** How often something may be tried: `points` in `seconds`. Each process counts for itself. */
const LIMITS = {
  /** Failed sign-ins from one address, and for one account. */
  sign_in: { points: 30, seconds: 15 * 60 },
  sign_in_email: { points: 10, seconds: 15 * 60 },
  sign_up: { points: 20, seconds: 60 * 60 },
  /** Emails with a link that lets someone in: from one address, and to one address. */
  link: { points: 20, seconds: 60 * 60 },
  link_email: { points: 5, seconds: 60 * 60 },
  /** Opening a one-time link or an invitation: guessing is hopeless, hammering is stopped. */
  token: { points: 60, seconds: 15 * 60 },
  claim: { points: 60, seconds: 10 * 60 },
  share: { points: 120, seconds: 10 * 60 },
  /** Drawing the picture of an invitation, which takes longer than a page. */
  picture: { points: 30, seconds: 60 },
  /** Anything else that the public may do. */
  public: { points: 120, seconds: 60 },
  /** Requests with a key that does not exist, and requests with one that does. */
  key_miss: { points: 30, seconds: 60 },
  key: { points: 3_000, seconds: 60 },
} as const;

export type Limit = keyof typeof LIMITS;

/** The answer to one try too many. */
export class RateLimited extends DomainError {
  constructor(readonly retryAfterSeconds: number) {
    super("rate_limited", `Too many attempts. Try again in ${inWords(retryAfterSeconds)}.`);
  }
}

// Pages, actions and routes are bundled apart; they count together on the global object.
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

/** Counts one try. @throws RateLimited when there were too many of them lately */
export async function consume(limit: Limit, key: string): Promise<void> {
  try {
    await limiterOf(limit).consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes)
      throw new RateLimited(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}

/** Takes one try back: it turned out to be honest. */
export async function forgive(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).reward(key, 1);
}

/** Starts counting anew for a key. */
export async function reset(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).delete(key);
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
