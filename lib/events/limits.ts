import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const MINUTE_SECONDS = 60;

/** Events a minute that one secret key may send to one process: an import runs, a runaway loop is stopped. */
const eventsAMinute = Number(process.env.GOODWORD_EVENTS_PER_MINUTE) || 600_000;
/** From one address with a publishable key, which anyone can read in the page. */
const BROWSER_EVENTS_A_MINUTE = 300;
/** Requests from one address with a key that does not exist. */
const MISSES_A_MINUTE = 60;

const bySecretKey = new RateLimiterMemory({ points: eventsAMinute, duration: MINUTE_SECONDS });
const byAddress = new RateLimiterMemory({ points: BROWSER_EVENTS_A_MINUTE, duration: MINUTE_SECONDS });
const byMiss = new RateLimiterMemory({ points: MISSES_A_MINUTE, duration: MINUTE_SECONDS });

/** Seconds to wait, or 0 when these events are within the key's limit. */
export function overKeyLimit(keyId: string, events: number): Promise<number> {
  return wait(bySecretKey, keyId, events);
}

/** The same for a publishable key, counted by the sender's address. */
export function overBrowserLimit(keyId: string, ip: string, events: number): Promise<number> {
  return wait(byAddress, `${keyId} ${ip}`, events);
}

/** Counts a request with an unknown key; seconds to wait when there were too many from this address. */
export function overMissLimit(ip: string): Promise<number> {
  return wait(byMiss, ip, 1);
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
