import { evidenceQuery, type FoundEvidence } from "@/lib/attribution/queries";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { Scope, Tx } from "@/lib/merchants/scope";
import { scopeNow } from "@/lib/merchants/scope";
import { readCode } from "@/lib/core/values/code";
import {
  backdateReferral,
  type Proof,
  proveReferral,
  startReferral,
} from "@/lib/referrals/commands";
import type { FriendNews } from "@/lib/referrals/commands/announce-friend-joined";
import { type EarlierReferral, earlierReferralsQuery } from "@/lib/referrals/queries/earlier";
import { mustWait } from "@/lib/referrals/queries/waiting-claims";
import { addSignals, noteBursts } from "@/lib/fraud/commands";
import { type Crowd, crowdsQuery } from "@/lib/fraud/queries/bursts";
import type { Terms } from "@/lib/terms/schema";
import type { Decision } from "../decide/decision";
import { decideStarts, type Start, type StartDecision } from "../decide/starts";
import { armOf } from "../read/arms";
import type { Shop } from "../read/shop";
import { armTerms, programsInEffect } from "../read/terms-in-effect";
import { raiseSignals } from "./raise-signals";
import { type NamedCoupon, namedCouponsQuery, orderOf } from "./record-order";
import { beginSignals, isClaimOnPage } from "./signals/begin-signals";
import { mayBringFriends, type StoredEvent } from "./stored-event";

/** An event, and the customer behind it, who may be somebody's friend. Their row is locked. */
export type Arrival = {
  event: StoredEvent;
  friend: {
    id: string;
    name: string | null;
    email: string | null;
    /** The event made them known. */
    isNew: boolean;
    /** Others share a key of theirs, or a browser. */
    shares: boolean;
  };
};

/** What the questions of `startsQueries` found. */
export type StartsRead = {
  evidence: readonly FoundEvidence[];
  earlier: readonly EarlierReferral[];
  namedCoupons: readonly NamedCoupon[];
  crowds: readonly Crowd[];
};

/** A referral that an event started. */
type Started = Start & {
  /** Of its version and arm. */
  terms: Terms;
  /** Why it was rejected at once; null where it was not. */
  rejectedFor: string | null;
};

/** What an event came to. */
export type Starts = {
  decisions: Decision[];
  started: Started[];
  /** A referral on record is proven by it: its friend is to be read again. */
  isProof: boolean;
  /**
   * Nothing was asked about these referrals but their beginning, for nobody can be acquainted with
   * their friend: `freshReferral` tells all of each.
   */
  isFresh: boolean;
  /** For the advocates whose friends joined. */
  news: FriendNews[];
};

/**
 * What starting referrals asks, to travel with other questions.
 * @param customerIds whom the events name, as far as they were known before
 */
export function startsQueries(
  scope: Scope,
  events: readonly StoredEvent[],
  customerIds: readonly string[],
) {
  return {
    evidence: evidenceQuery(scope, events.filter(mayBringFriends).map(keysOf)),
    earlier: earlierReferralsQuery(scope, customerIds),
    namedCoupons: namedCouponsQuery(scope, events),
    crowds: crowdsQuery(
      scope,
      events.filter(isClaimOnPage).map(({ id }) => id),
    ),
  };
}

function keysOf({ id, occurredAt, visitorId, body }: StoredEvent) {
  return {
    eventId: id,
    clickId: body.clickId ?? null,
    code: body.code ?? null,
    discountCode: body.order?.discountCode ?? null,
    visitorId,
    occurredAt,
  };
}

/**
 * Starts the referrals that events point to, or dates back those that they tell to be older, and
 * looks for signs of fraud in those that start. What is written waits with what else does; asking
 * about acquaintances writes it. No two events are of one customer.
 * @returns for each event, in their order, what it came to
 */
export async function startReferrals(
  tx: Tx,
  shop: Pick<Shop, "programs">,
  arrivals: readonly Arrival[],
  read: StartsRead,
): Promise<Starts[]> {
  const decided = decideAll(tx, shop, arrivals, read);
  const { signals, held } = beginSignals(
    tx,
    arrivals.flatMap(({ event }, index) =>
      startsOf(decided[index]!).map((start) => ({ event, start })),
    ),
    read.crowds,
  );
  for (const { start, backdate } of decided.flat()) {
    if (start) await begin(tx, start);
    if (!backdate) continue;
    backdateReferral(tx, backdate);
    noteBursts(tx, [{ kind: "advocate", ref: backdate.advocateId, since: backdate.at }]);
  }
  for (const proof of proofsOf(decided.flat())) proveReferral(tx, proof);
  addSignals(tx, signals);
  const rejected = await raiseSignals(
    tx,
    arrivals.flatMap(({ event, friend }, index) => {
      const referralIds = isFresh(friend) ? [] : changedBy(decided[index]!);
      return referralIds.map((referralId) => ({ event, referralId, friendId: friend.id }));
    }),
  );
  return arrivals.map(({ friend }, index) => toldOf(decided[index]!, friend, { rejected, held }));
}

async function begin(tx: Tx, { referral, program, eventId, isArmDue }: Start): Promise<void> {
  if (isArmDue) referral.arm = await armOf(tx, referral.advocateId, program.terms);
  if (referral.provenAt === null) referral.heldBack = await mustWait(tx, referral);
  startReferral(tx, referral, eventId);
}

/** Why referrals were rejected as they began, and by which signals they are held, by their ids. */
type Suspicions = { rejected: ReadonlyMap<string, string>; held: ReadonlyMap<string, string[]> };

function decideAll(
  tx: Tx,
  shop: Pick<Shop, "programs">,
  arrivals: readonly Arrival[],
  { evidence, earlier, namedCoupons }: StartsRead,
): StartDecision[][] {
  const now = scopeNow(tx);
  const byEvent = groupedBy(evidence, ({ eventId }) => eventId);
  const byFriend = groupedBy(earlier, ({ friendId }) => friendId);
  return arrivals.map(({ event, friend }) => {
    const found = byEvent.get(event.id) ?? [];
    const ids = found.map(({ programId }) => programId);
    const input = {
      event,
      customerId: friend.id,
      evidence: found,
      programs: programsInEffect(shop, ids, event.occurredAt),
      earlier: byFriend.get(friend.id) ?? [],
      redeems: redeemed(event, friend, namedCoupons),
    };
    return decideStarts(input, now);
  });
}

/** The earliest of each referral is the last. */
const proofsOf = (decided: readonly StartDecision[]): Proof[] =>
  decided
    .flatMap(({ proof }) => proof ?? [])
    .sort((one, other) => other.at.getTime() - one.at.getTime());

const startsOf = (decided: readonly StartDecision[]): Start[] =>
  decided.flatMap(({ start }) => start ?? []);

/** The referrals by which a friend got the coupon that their own order names. */
function redeemed(
  event: StoredEvent,
  friend: Pick<Arrival["friend"], "id">,
  coupons: readonly NamedCoupon[],
): string[] {
  const code = readCode(orderOf(event)?.discountCode ?? "");
  return coupons.flatMap((coupon) =>
    coupon.code === code && coupon.customerId === friend.id ? (coupon.referralId ?? []) : [],
  );
}

/** The referrals that began, or are proven now or earlier than was known. */
function changedBy(decided: readonly StartDecision[]): string[] {
  return decided.flatMap(({ start, proof }) => start?.referral.id ?? proof?.referralId ?? []);
}

/** Nobody can be acquainted with them: no referral can throw a light on theirs. */
const isFresh = ({ isNew, shares }: Arrival["friend"]): boolean => isNew && !shares;

function toldOf(
  decided: readonly StartDecision[],
  friend: Arrival["friend"],
  suspicions: Suspicions,
): Starts {
  const started = startsOf(decided).map((start) => ({
    ...start,
    terms: armTerms(start.program.terms, start.referral.arm),
    rejectedFor: suspicions.rejected.get(start.referral.id) ?? null,
  }));
  return {
    decisions: decided.flatMap((one) => [
      ...(one.decision ? [one.decision] : []),
      ...changedBy([one]).flatMap((referralId) => suspicionOf(referralId, suspicions)),
    ]),
    started,
    isProof: decided.some(({ proof }) => proof !== null),
    isFresh: isFresh(friend),
    news: started.flatMap((one) => (one.rejectedFor === null ? [newsOf(one, friend)] : [])),
  };
}

function suspicionOf(referralId: string, { rejected, held }: Suspicions): Decision[] {
  const reason = rejected.get(referralId);
  const message = "The referral was rejected at once.";
  if (reason !== undefined) return [{ code: "referral_rejected", message, referralId, reason }];
  const kinds = held.get(referralId);
  if (!kinds) return [];
  const review = "How the referral began has it reviewed.";
  return [{ code: "referral_to_review", message: review, referralId, reason: kinds.join(", ") }];
}

function newsOf(
  { referral, evidence, terms }: Started,
  { name, email }: Arrival["friend"],
): FriendNews {
  return {
    referralId: referral.id,
    customerId: evidence.advocateCustomerId,
    friend: { name, email },
    programName: evidence.program.name,
    programSlug: evidence.program.slug,
    isClaimed: referral.provenAt === null,
    terms,
  };
}
