import type { GoalFact, OrderFact } from "@/lib/terms/facts/referrals";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import { triggerKind } from "@/lib/terms/kinds/triggers";
import { eventTypesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { mayReopen } from "@/lib/referrals/schema";
import type { FriendWorld, ReferralWorld, ShopWorld } from "../world";

/** The click or the joining, whichever was first. */
export function startOf({
  clickedAt,
  joinedAt,
}: Pick<ReferralWorld, "clickedAt" | "joinedAt">): Date {
  return clickedAt !== null && clickedAt < joinedAt ? clickedAt : joinedAt;
}

/**
 * The referrals whose friend is another's: of several in one program the earliest keeps the friend
 * for its time, and for good once they have qualified it. One that was rejected for good keeps
 * nobody. Worked out from the earliest on, each once, however often somebody was invited.
 * @param qualifies whether what the friend did qualifies a referral that is not taken
 */
export function takenReferrals(
  { referrals }: FriendWorld,
  qualifies: (referral: ReferralWorld) => boolean,
): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const ofProgram of groupedBy(referrals, ({ programId }) => programId).values()) {
    let keepers: { until: Date | null }[] = [];
    for (const referral of ofProgram.toSorted(byStart)) {
      const start = startOf(referral);
      keepers = keepers.filter(({ until }) => until === null || start <= until);
      if (keepers.length > 0) taken.add(referral.id);
      else if (!isRejectedForGood(referral))
        keepers.push({ until: keepsUntil(referral, qualifies) });
    }
  }
  return taken;
}

/** Until when a referral keeps its friend; null for good. */
function keepsUntil(
  referral: ReferralWorld,
  qualifies: (referral: ReferralWorld) => boolean,
): Date | null {
  return qualifies(referral) ? null : referral.expiresAt;
}

function isRejectedForGood({ state, reason }: Pick<ReferralWorld, "state" | "reason">): boolean {
  return state === "rejected" && !mayReopen(reason);
}

/**
 * What a friend did that counts for one of their referrals. A friend who came through several
 * programs does each thing for one of them, as the shop has set it: the one whose touch was the
 * latest before it, or the first; or for all.
 */
export function countedFacts(
  touch: ShopWorld["countingTouch"],
  friend: FriendWorld,
  referral: ReferralWorld,
): { orders: readonly OrderFact[]; goals: readonly GoalFact[] } {
  const { orders, goals, referrals } = friend;
  const taken = takenReferrals(friend, () => false);
  const others = referrals.filter(
    (other) =>
      other.programId !== referral.programId && mayCount(friend, other) && !taken.has(other.id),
  );
  if (touch === "all" || others.length === 0) return { orders, goals };
  const isOurs = (at: Date, waits: (terms: Terms) => boolean) => {
    const rivals = others.filter((other) => covers(other, at) && waits(other.terms));
    return rivals.every((rival) => isPreferred(touch, referral, rival));
  };
  return {
    orders: orders.filter(({ occurredAt }) => isOurs(occurredAt, waitsForPurchases)),
    goals: goals.filter(({ occurredAt, type }) =>
      isOurs(occurredAt, (terms) => eventTypesOf(terms, "friend").includes(type)),
    ),
  };
}

/** Whether a referral may earn anything: nobody rejected it, and its friend was new, if need be. */
function mayCount(
  { firstOrderAt }: FriendWorld,
  { state, reason, terms, approvedAt, ...referral }: ReferralWorld,
): boolean {
  if (isRejectedForGood({ state, reason })) return false;
  const wasCustomer = firstOrderAt !== null && firstOrderAt < startOf(referral);
  return !terms.newCustomersOnly || approvedAt !== null || !wasCustomer;
}

function byStart(one: ReferralWorld, other: ReferralWorld): number {
  return startOf(one).getTime() - startOf(other).getTime() || (one.id < other.id ? -1 : 1);
}

function covers(referral: ReferralWorld, at: Date): boolean {
  return startOf(referral) <= at && at <= referral.expiresAt;
}

function isPreferred(
  touch: "latest" | "first",
  referral: ReferralWorld,
  rival: ReferralWorld,
): boolean {
  const difference = byStart(referral, rival);
  return touch === "latest" ? difference > 0 : difference < 0;
}

/** Whether terms wait for what the friend buys. */
function waitsForPurchases({ qualification, rules }: Terms): boolean {
  return [qualification.trigger, ...rules.map(({ on }) => on)].some(({ kind }) => {
    const trigger = triggerKind(kind);
    return trigger.of === "friend" && trigger.hasOrder && !trigger.isQualification;
  });
}
