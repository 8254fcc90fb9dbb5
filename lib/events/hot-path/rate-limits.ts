import { hash, randomBytes } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { countsInWindow } from "@/lib/core/collections/counts-in-window";
import { environment } from "@/lib/core/env";
import { systemNow } from "@/lib/core/time";

const MINUTE_SECONDS = 60;

/** From one address with a publishable key, which anyone can read in the page. */
const BROWSER_EVENTS_A_MINUTE = 300;
/** Requests from one address with a key that does not exist. */
const MISSES_A_MINUTE = 60;

/** Clicks on one link that are stored of one network (a household, an office) in ten minutes. */
const CLICKS_OF_A_CROWD = 60;
const CROWD_MS = 10 * 60_000;
const MOST_CROWDS = 200_000;

/**
 * Made at the first event: the environment is read when a process starts, not when its code is
 * loaded.
 */
let bySecretKey: RateLimiterMemory | undefined;
const byAddress = new RateLimiterMemory({
  points: BROWSER_EVENTS_A_MINUTE,
  duration: MINUTE_SECONDS,
});
const byMiss = new RateLimiterMemory({ points: MISSES_A_MINUTE, duration: MINUTE_SECONDS });

/**
 * Seconds to wait, or 0 when these events are within the secret key's limit (EVENTS_PER_MINUTE): an
 * import runs, a runaway loop is stopped.
 */
export function overKeyLimit(keyId: string, events: number): Promise<number> {
  bySecretKey ??= new RateLimiterMemory({
    points: environment().EVENTS_PER_MINUTE,
    duration: MINUTE_SECONDS,
  });
  return wait(bySecretKey, keyId, events);
}

/** The same for a publishable key, counted by the sender's address. */
export function overBrowserLimit(keyId: string, ip: string, events: number): Promise<number> {
  return wait(byAddress, `${keyId} ${ip}`, events);
}

/**
 * Counts a request with an unknown key; seconds to wait when there were too many from this address.
 */
export function overMissLimit(ip: string): Promise<number> {
  return wait(byMiss, ip, 1);
}

/** What crowds are counted under cannot be told again once the process has ended. */
const secret = randomBytes(16).toString("base64");
const countOfCrowd = countsInWindow(CROWD_MS, MOST_CROWDS, () => systemNow().getTime());

/**
 * Counts a person's click, with or without a cookie, which anybody can make up. What anonymous
 * requests store is bounded: a loop must not become as many visits.
 * @param address as `clientAddress` gives it
 */
export function isOneTooMany(address: string, code: string): boolean {
  const network = address.replace(/^(\d+\.\d+\.\d+)\.\d+$/, "$1.0/24");
  const crowd = hash("sha256", `${secret} ${network} ${code}`, "base64url");
  return countOfCrowd(crowd) > CLICKS_OF_A_CROWD;
}

async function wait(limiter: RateLimiterMemory, key: string, points: number): Promise<number> {
  try {
    await limiter.consume(key, points);
    return 0;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw error;
  }
}
