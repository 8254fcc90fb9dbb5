import type { Effect } from "@/lib/pipeline/decide/effects";
import { settleAdvocate } from "@/lib/pipeline/decide/settle/settle-advocate";
import { settleFriend, settleNumbered } from "@/lib/pipeline/decide/settle/settle-friend";
import { isQualified } from "@/lib/referrals/rules";
import type { Action } from "@/lib/terms/facts/actions";
import { isByFriendsNumber } from "@/lib/terms/rules/applying";
import type { AdvocateRecord } from "../read/past";
import { friendsActions, rewardsFriends } from "./friends-actions";
import type { Run, RunFriend } from "./state";
import { advocateWorld, friendWorld } from "./worlds";

/** Settles a friend's referral as far as what is known by now allows: see `settleFriends`. */
export function settleFriendOf(run: Run, friend: RunFriend, now: Date): void {
  if (friend.state === "absent") return;
  const before = friend.state;
  const wasBy = friend.qualifiedBy?.eventId;
  const effects = settleFriend(run.shop, friendWorld(run, friend), { now, at: now });
  carryOut(run, effects);
  const change = Number(friend.state === "qualified") - Number(before === "qualified");
  const isOpen = friend.state !== "rejected";
  if (change !== 0 || friend.qualifiedBy?.eventId !== wasBy) settleFriendsOf(run, friend, change);
  else if (isOpen && run.terms.rules.some(isByFriendsNumber)) settleNumbersOf(run, friend);
}

/** Settles some actions of an advocate under the run's terms. */
export function settleAdvocateOf(
  run: Run,
  advocate: AdvocateRecord,
  actions: readonly Action[],
): void {
  if (actions.length === 0) return;
  const world = advocateWorld(run, advocate, actions);
  const causes = new Set(["order", "event", "join", "visit"]);
  // Rewards for other actions are not looked at here.
  const rewards = world.rewards.filter(({ causeRef: { kind, ref } }) =>
    causes.has(kind) ? actions.some((action) => isFor(action, kind, ref)) : false,
  );
  carryOut(run, settleAdvocate(run.shop, { ...world, rewards }));
}

/**
 * Brings rewards for milestones and the second level up to date after a friend's referral has
 * changed.
 * @param change of the number of the advocate's qualified referrals
 */
export function settleFriendsOf(run: Run, friend: RunFriend, change: number): void {
  const { advocateId } = friend;
  run.qualified.set(advocateId, (run.qualified.get(advocateId) ?? 0) + change);
  if (rewardsFriends(run)) settleFriendsActions(run, friend);
  // After milestones, as the pipeline does it: caps decide by what came first.
  if (run.terms.rules.some(isByFriendsNumber))
    for (const other of run.byAdvocate.get(advocateId) ?? []) settleNumbersOf(run, other);
}

function settleFriendsActions(run: Run, { advocateId }: RunFriend): void {
  const advocate = run.past.advocates.get(advocateId);
  const up = advocate && run.friends.get(advocate.customerId);
  const above = up && run.past.advocates.get(up.advocateId);
  for (const one of [advocate, above]) {
    if (!one) continue;
    const world = advocateWorld(run, one, friendsActions(run, one));
    const rewards = world.rewards.filter(
      ({ causeRef: { kind } }) => kind === "milestone" || kind === "second_level",
    );
    carryOut(run, settleAdvocate(run.shop, { ...world, rewards }));
  }
}

/** Settles the rules that depend on which of the advocate's friends this one is. */
function settleNumbersOf(run: Run, friend: RunFriend): void {
  if (friend.state === "absent" || friend.before !== null) return;
  const times = (run.byAdvocate.get(friend.advocateId) ?? [])
    .filter(({ state, qualifiedBy }) => state === "qualified" && qualifiedBy !== null)
    .map(({ referralId, qualifiedBy }) => ({ referralId, at: qualifiedBy!.at }));
  const world = friendWorld(run, friend);
  carryOut(run, settleNumbered(run.shop, world, world.referrals[0]!, times));
}

function isFor(action: Action, kind: string, ref: string): boolean {
  switch (action.kind) {
    case "purchase":
      return kind === "order" && action.order.orderId === ref;
    case "event":
      return kind === "event" && action.eventId === ref;
    case "visit":
      return kind === "visit" && action.visitorId === ref;
    default:
      return kind === action.kind;
  }
}

function carryOut(run: Run, effects: readonly Effect[]): void {
  const rewards = effects.filter(
    (effect) =>
      effect.kind !== "step_referral" &&
      effect.kind !== "complete" &&
      effect.kind !== "note_advocate",
  );
  for (const effect of effects) {
    if (effect.kind !== "step_referral") continue;
    const { to, reason, at, eventId } = effect.step;
    const friend = run.friends.get(effect.referral.friendId)!;
    Object.assign(friend, {
      state: to,
      reason,
      ...(isQualified(to) && eventId !== null && { qualifiedBy: { eventId, at } }),
    });
  }
  run.granted.carryOut(rewards);
}
