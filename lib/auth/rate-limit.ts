import { createHmac } from "node:crypto";
import type { QueryConfig } from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { poolFor } from "@/lib/core/db";
import { environment } from "@/lib/core/env";
import { DomainError } from "@/lib/core/errors";

/** How often something may be tried: `points` per `seconds`, in all processes together. */
const LIMITS = {
  /**
   * Failed sign-ins from one address; for one account from one address; for one account from
   * wherever nobody has signed in to it before; and for one account from a browser where its owner
   * has, which the others do not concern: a stranger's tries are not to lock the owner out.
   */
  sign_in: { points: 30, seconds: 15 * 60 },
  sign_in_here: { points: 10, seconds: 15 * 60 },
  sign_in_email: { points: 50, seconds: 15 * 60 },
  sign_in_device: { points: 10, seconds: 15 * 60 },
  /** Refused sign-ins of one account that its shops' audit logs are told of. */
  sign_in_note: { points: 5, seconds: 60 * 60 },
  /** The password or code that somebody who is signed in gives to change how they sign in. */
  password: { points: 10, seconds: 15 * 60 },
  /**
   * Wrong codes of an app, by somebody who got as far: for one account from one address; for one
   * account from wherever nobody has signed in to it before, a chance in 30,000 an hour; and from a
   * browser where its owner has. A recovery code is the way left.
   */
  code_here: { points: 5, seconds: 15 * 60 },
  code_user: { points: 10, seconds: 60 * 60 },
  code_device: { points: 10, seconds: 15 * 60 },
  recovery_here: { points: 10, seconds: 15 * 60 },
  /** What somebody who is signed in does with their account. */
  account: { points: 60, seconds: 10 * 60 },
  /** What a member does in a dashboard: each action is a form that is read, and a transaction. */
  action: { points: 600, seconds: 60 },
  sign_up: { points: 20, seconds: 60 * 60 },
  /**
   * Emails with a sign-in link: from one address; to one recipient from one address; and to one
   * recipient. Beyond that one every ten minutes is left, so that a stranger's many cannot keep the
   * owner out: whoever asks for it, it goes to the owner.
   */
  link: { points: 20, seconds: 60 * 60 },
  link_here: { points: 5, seconds: 60 * 60 },
  link_email: { points: 15, seconds: 60 * 60 },
  link_spare: { points: 1, seconds: 10 * 60 },
  /** Invitations to a team: of one shop, and emailed to one address by all shops together. */
  invite_shop: { points: 50, seconds: 24 * 60 * 60 },
  invite_email: { points: 5, seconds: 24 * 60 * 60 },
  /**
   * Opening a one-time link or an invitation: tokens cannot be guessed, but hammering is stopped.
   */
  token: { points: 60, seconds: 15 * 60 },
  claim: { points: 60, seconds: 10 * 60 },
  share: { points: 120, seconds: 10 * 60 },
  /** Emails to confirm where a customer's cash goes. */
  payout_details: { points: 5, seconds: 60 * 60 },
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

type Limiter = RateLimiterPostgres;

// Pages, actions and routes are bundled separately; on the global object they share the counters
// of the time without a database.
const globals = globalThis as typeof globalThis & { goodwordLimits?: Map<Limit, Limiter> };
const limiters = (globals.goodwordLimits ??= new Map());

function limiterOf(limit: Limit): Limiter {
  let limiter = limiters.get(limit);
  if (!limiter) {
    const { points, seconds } = LIMITS[limit];
    limiter = new RateLimiterPostgres({
      // Whichever pool is open at the time: closing all connections must not end the limits.
      storeClient: { query: (query: QueryConfig) => poolFor("goodword_app").query(query) },
      storeType: "pool",
      tableName: "rate_limit",
      tableCreated: true,
      keyPrefix: limit,
      points,
      duration: seconds,
      // While the database is away, each process counts by itself.
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: limit, points, duration: seconds }),
    });
    limiters.set(limit, limiter);
  }
  return limiter;
}

/** Who is counted, so that the table holds no addresses. */
function hidden(key: string): string {
  return createHmac("sha256", environment().AUTH_SECRET)
    .update(`rate limit ${key}`)
    .digest("base64url");
}

/** A client's address for a log: the same for the same address, and nothing to look it up by. */
export function pseudonymOf(address: string): string {
  return hidden(`log ${address}`).slice(0, 12);
}

/**
 * Counts one try.
 * @returns how many there were lately, this one included
 * @throws RateLimited if there were too many
 */
export async function consume(limit: Limit, key: string): Promise<number> {
  try {
    return (await limiterOf(limit).consume(hidden(key))).consumedPoints;
  } catch (error) {
    if (error instanceof RateLimiterRes)
      throw new RateLimited(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}

/** Counts one try. @returns false if there were too many */
export async function isWithin(limit: Limit, key: string): Promise<boolean> {
  try {
    await consume(limit, key);
    return true;
  } catch (error) {
    if (error instanceof RateLimited) return false;
    throw error;
  }
}

/** Uncounts one try that turned out to be honest. */
export async function forgive(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).reward(hidden(key), 1);
}

/** Resets the count of a key. */
export async function reset(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).delete(hidden(key));
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
