import type { GoalFact, OrderFact } from "@/lib/terms/facts/referrals";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import { triggerKind } from "@/lib/terms/kinds/triggers";
import { eventTypesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import type { Hindrance } from "@/lib/referrals/rules";
import { mayReopen } from "@/lib/referrals/schema";
import type { FriendWorld, ReferralWorld, ShopWorld } from "../world";

/** The click or the joining, whichever was first. */
export function startOf({
  clickedAt,
  joinedAt,
}: Pick<ReferralWorld, "clickedAt" | "joinedAt">): Date {
  return clickedAt !== null && clickedAt < joinedAt ? clickedAt : joinedAt;
}

/** The time during which a referral keeps its friend from others; without an end, for good. */
type Keeping = { from: Date; until: Date | null };

/**
 * What several referrals of a friend in one program make of each other. Of those that are proven,
 * the one whose proof is the earliest keeps the friend for its time, and for good once they have
 * qualified it; the others were too late. One that is only claimed gives way to any that is proven
 * within its time, and of several such claims the first has the friend's own rewards. One that was
 * rejected for good keeps nobody. Each is worked out once, however often somebody was invited.
 * @param qualifies whether what the friend did qualifies a referral that nothing hinders
 */
export function hindrances(
  { referrals }: FriendWorld,
  qualifies: (referral: ReferralWorld) => boolean,
): ReadonlyMap<string, Hindrance> {
  const found = new Map<string, Hindrance>();
  for (const ofProgram of groupedBy(referrals, ({ programId }) => programId).values()) {
    const kept = hinderProven(found, ofProgram, qualifies);
    hinderClaimed(found, ofProgram, kept);
  }
  return found;
}

/** @returns when the proven referrals of a program keep the friend */
function hinderProven(
  found: Map<string, Hindrance>,
  referrals: readonly ReferralWorld[],
  qualifies: (referral: ReferralWorld) => boolean,
): Keeping[] {
  const kept: Keeping[] = [];
  const proven = referrals.filter(({ provenAt }) => provenAt !== null);
  for (const referral of proven.toSorted(byProof)) {
    const from = referral.provenAt!;
    if (kept.some(({ until }) => until === null || from <= until))
      found.set(referral.id, "invited_before");
    else if (!isRejectedForGood(referral))
      kept.push({ from, until: qualifies(referral) ? null : referral.expiresAt });
  }
  return kept;
}

function hinderClaimed(
  found: Map<string, Hindrance>,
  referrals: readonly ReferralWorld[],
  kept: readonly Keeping[],
): void {
  let first: ReferralWorld | null = null;
  const claimed = referrals.filter(({ provenAt }) => provenAt === null);
  for (const referral of claimed.toSorted(byStart)) {
    const start = startOf(referral);
    const isKept = kept.some(
      ({ from, until }) => from <= referral.expiresAt && (until === null || start <= until),
    );
    if (isKept) found.set(referral.id, "gave_way");
    else if (first !== null && start <= first.expiresAt) found.set(referral.id, "waits");
    else if (!isRejectedForGood(referral)) first = referral;
  }
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
  const hindered = hindrances(friend, () => false);
  const others = referrals.filter(
    (other) =>
      other.programId !== referral.programId && mayCount(friend, other) && !hindered.has(other.id),
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

/** Of two at the same moment, the one that began first. */
function byProof(one: ReferralWorld, other: ReferralWorld): number {
  return one.provenAt!.getTime() - other.provenAt!.getTime() || byStart(one, other);
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
