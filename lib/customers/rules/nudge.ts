import { DAY_MS } from "@/lib/core/time";

/** What an advocate may be reminded of. */
export type Nudge =
  | { kind: "tier"; tier: string }
  | { kind: "waiting"; name: string | null; days: number }
  | { kind: "share" };

export type NudgeFacts = {
  /** Whether they ever shared their link, or anybody came by it. */
  shared: boolean;
  /** The newest first. */
  friends: readonly {
    name: string | null;
    state: string;
    underReview: boolean;
    joinedAt: Date | null;
    expiresAt: Date;
  }[];
  /** The tier they can reach by friends, and how many are missing. */
  nextTier: { name: string; friends: number } | null;
  now: Date;
};

/** A friend is left in peace for so long after they accepted. */
const PATIENCE_DAYS = 3;

/**
 * The one reminder that fits the moment best, or none: one friend short of a tier, then a friend
 * who accepted and waits, then nothing shared yet. Pure.
 */
export function nudgeOf({ shared, friends, nextTier, now }: NudgeFacts): Nudge | null {
  if (nextTier?.friends === 1) return { kind: "tier", tier: nextTier.name };
  const daysSince = (at: Date) => Math.floor((now.getTime() - at.getTime()) / DAY_MS);
  const waiting = friends.find(
    ({ state, underReview, joinedAt, expiresAt }) =>
      state === "joined" &&
      !underReview &&
      expiresAt > now &&
      joinedAt !== null &&
      daysSince(joinedAt) >= PATIENCE_DAYS,
  );
  if (waiting) return { kind: "waiting", name: waiting.name, days: daysSince(waiting.joinedAt!) };
  return shared || friends.length > 0 ? null : { kind: "share" };
}
