import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";

/** How often an email is tried before it counts as failed. */
export const MAX_ATTEMPTS = 8;

/**
 * The wait after the nth failed try: 1, 4, 16 minutes … at most 12 hours; the eighth try comes
 * about 30 hours after the first.
 */
export function retryDelayMs(attempts: number): number {
  return Math.min(MINUTE_MS * 4 ** (attempts - 1), 12 * HOUR_MS);
}
