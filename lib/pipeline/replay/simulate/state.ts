import { attribute, type Evidence } from "@/lib/attribution/rules";
import { withinDates } from "@/lib/programs/rules";
import type { Terms } from "@/lib/terms/schema";
import { multiply } from "@/lib/loyalty/points/queries/points-multiplier";
import type { ShopWorld } from "../../decide/world";
import type { RefundFact } from "@/lib/terms/facts/order-left";
import { expiryOf } from "@/lib/referrals/rules";
import { type GoalFact, type OrderFact } from "@/lib/terms/facts/referrals";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { ReferralState } from "@/lib/referrals/schema";
import { type AdvocateRecord, type FriendRecord, type Past, type OrderRecord } from "../read/past";
import { GrantedRewards } from "./granted-rewards";

/** A friend's referral in a run, at this point of it. */
export type RunFriend = FriendRecord & {
  state: ReferralState | "absent";
  startedAt: Date;
  expiresAt: Date;
  /** Null where the click is too old under these terms; then only the code counts. */
  countedClick: Date | null;
  countedChannel: string | null;
  /** Why it is in its state: an existing customer may turn out not to be one. */
  reason: string;
  qualifiedBy: { eventId: string; at: Date } | null;
  goals: GoalFact[];
};
export type RunOrder = {
  record: OrderRecord;
  /** As its refunds have left it. */
  fact: OrderFact;
  refunds: RefundFact[];
};

/** A run of terms over the past: everything it knows at this point. */
export type Run = {
  past: Past;
  terms: Terms;
  shop: ShopWorld;
  granted: GrantedRewards;
  friends: Map<string, RunFriend>;
  byAdvocate: Map<string, RunFriend[]>;
  orders: Map<string, RunOrder>;
  ordersOf: Map<string, RunOrder[]>;
  advocateOf: Map<string, AdvocateRecord>;
  /** By advocate: how many qualified referrals they have. */
  qualified: Map<string, number>;
};

/** A run at the beginning of its range. */
export function startRun(past: Past, terms: Terms): Run {
  const friends = new Map(
    [...past.friends].map(([id, friend]): [string, RunFriend] => [
      id,
      {
        ...friend,
        ...startOf(friend, terms, past),
        goals: [],
        reason: "",
        qualifiedBy: friend.before?.qualifiedBy ?? null,
        state: friend.before?.state ?? "absent",
      },
    ]),
  );
  const byAdvocate = groupedBy([...friends.values()], ({ advocateId }) => advocateId);
  return {
    past,
    terms,
    shop: shopOf(past),
    granted: new GrantedRewards(past, terms),
    friends,
    byAdvocate,
    orders: new Map(),
    ordersOf: new Map(),
    advocateOf: new Map(
      [...past.advocates.values()].map((advocate) => [advocate.customerId, advocate]),
    ),
    qualified: new Map(
      [...byAdvocate].map(([id, brought]) => [
        id,
        brought.filter(({ state }) => state === "qualified").length,
      ]),
    ),
  };
}

function shopOf({ timeZone, pointCostMilli, tiers, campaigns }: Past): ShopWorld {
  return {
    timeZone,
    pointCostMilli,
    // A replay knows one program.
    countingTouch: "all",
    multiplier: (customerId, programId, at) =>
      multiply(tiers.get(customerId) ?? null, campaigns, programId, at),
  };
}

/** When a referral's time begins and ends under these terms, and whether its click counts. */
function startOf(
  friend: FriendRecord,
  terms: Terms,
  past: Past,
): Pick<RunFriend, "startedAt" | "expiresAt" | "countedClick" | "countedChannel"> {
  const { clickedAt, joinedAt } = friend;
  const evidence = attribution(friend, terms, past);
  const countedClick = evidence?.clickedAt ?? null;
  return {
    countedClick,
    countedChannel: evidence ? (clickedAt && !countedClick ? null : friend.channel) : null,
    startedAt: countedClick !== null && countedClick < joinedAt ? countedClick : joinedAt,
    expiresAt: expiryOf(countedClick ?? joinedAt, terms.windowDays),
  };
}

/** What attributes the friend to the advocate under these terms; null where all is too old. */
function attribution(
  friend: FriendRecord,
  terms: Terms,
  { programId, advocates }: Past,
): Evidence | null {
  const { advocateId, code, clickedAt, channel, attributedBy, joinedAt, friendId } = friend;
  const tie = {
    programId,
    advocateId,
    advocateCustomerId: advocates.get(advocateId)?.customerId ?? "",
    code,
  };
  const byClick = attributedBy === "click" || attributedBy === "visitor";
  const evidence: Evidence[] = [
    ...(byClick
      ? []
      : [
          {
            ...tie,
            kind: attributedBy === "discount_code" ? "discount_code" : "code",
            clickedAt: null,
            channel: null,
          } as const,
        ]),
    ...(clickedAt
      ? [
          {
            ...tie,
            kind: attributedBy === "click" ? "click" : "visitor",
            clickedAt,
            channel,
          } as const,
        ]
      : []),
  ];
  const [found] = attribute({
    evidence,
    occurredAt: joinedAt,
    customerId: friendId,
    windowDays: new Map([[programId, terms.windowDays]]),
  });
  return found?.evidence ?? null;
}

/** Whether a time lies within the program's dates under these terms. */
export function isWithin({ terms, past }: Run, at: Date): boolean {
  const ends = [terms.endsAt, past.endedAt?.toISOString()].filter((end) => end != null);
  const endsAt = ends.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
  return withinDates({ startsAt: terms.startsAt ?? past.publishedAt.toISOString(), endsAt }, at);
}

/** Whether a friend starts a referral under these terms: by evidence and dates that count. */
export function startsReferral(run: Run, friend: FriendRecord): boolean {
  return isWithin(run, friend.joinedAt) && attribution(friend, run.terms, run.past) !== null;
}
