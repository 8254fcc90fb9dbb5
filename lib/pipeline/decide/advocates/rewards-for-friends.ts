import { milestoneOf } from "@/lib/terms/rules/milestones";
import type { Db } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { isSecondLevel, watchesOf } from "@/lib/terms/rules/applying";
import { lockReferral } from "@/lib/referrals/commands";
import { completeReferral, reinstateReward, reverseReward } from "@/lib/rewards/commands";
import { grant } from "../grant-rewards";
import type { Decision } from "../decision";
import type { PublishedProgram } from "../terms-in-effect";
import { addDecisions } from "./decisions";
import { type DueForFriend, dueForFriends } from "./due-for-friends";
import { countQualified, reachedMilestones, secondLevel } from "./qualified-referrals";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

/** A reward that an advocate has for friends who qualified. */
type RewardForFriend = {
  id: string;
  ruleId: string;
  causeKey: string;
  state: string;
  reason: string;
  referralId: string | null;
};

/**
 * Brings the rewards for an advocate's milestones and second level to where the facts on record
 * lead: grants what is due, reverses what no longer counts, and reinstates what counts again. All
 * of it is counted each time, so the order in which facts came does not matter.
 */
export async function settleFriends(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
): Promise<void> {
  const watched = new Set(program.versions.flatMap(({ terms }) => watchesOf(terms)));
  const rewards = await readRewards(scope, advocate, program);
  const count = await countQualified(scope, advocate);
  const seconds = watched.has("second_level") ? await secondLevel(scope, advocate) : [];
  const known = new Set(rewards.map(({ ruleId, causeKey }) => `${ruleId} ${causeKey}`));
  const reached = await reachedMilestones(scope, advocate, program, known, count);
  const unrewarded = seconds.filter(({ id }) => isNew(rewards, program, id));
  const due = [
    ...(await dueForFriends(scope, advocate, program, known, reached, "qualified")),
    ...(await dueForFriends(scope, advocate, program, known, unrewarded, "second_level")),
  ];
  // Referrals before rewards, rewards before budgets: the order in which everything locks them.
  for (const id of due.flatMap(({ referralId }) => referralId ?? []).toSorted())
    await lockReferral(scope.db, scope.merchantId, id);
  await correctRewards(scope, rewards, count, new Set(seconds.map(({ id }) => id)));
  for (const one of due) await grantForFriend(scope, advocate, program, one);
}

function readRewards(
  { db, merchantId }: Scoped,
  { id: advocateId }: LoadedAdvocate,
  { id: programId }: PublishedProgram,
): Promise<RewardForFriend[]> {
  return db.reward.findMany({
    where: {
      merchantId,
      advocateId,
      programId,
      OR: [{ causeKey: { startsWith: "milestone:" } }, { causeKey: { startsWith: "second:" } }],
    },
    select: { id: true, ruleId: true, causeKey: true, state: true, reason: true, referralId: true },
    orderBy: { id: "asc" },
  });
}

/** Reverses rewards whose friends no longer count, and reinstates those whose friends do again. */
async function correctRewards(
  scope: Scoped,
  rewards: readonly RewardForFriend[],
  qualified: number,
  secondLevel: ReadonlySet<string>,
): Promise<void> {
  const counts = ({ causeKey, referralId }: RewardForFriend) => {
    const milestone = milestoneOf(causeKey);
    return milestone === null
      ? referralId !== null && secondLevel.has(referralId)
      : milestone <= qualified;
  };
  const isGone = ({ state }: RewardForFriend) => state === "voided" || state === "reversed";
  const fallen = rewards.filter((reward) => !counts(reward) && !isGone(reward));
  const risen = rewards.filter(
    (reward) => counts(reward) && isGone(reward) && reward.reason === "count_fell",
  );
  const changed = rewards.filter((reward) => fallen.includes(reward) || risen.includes(reward));
  // All of them before the first one's budget: whoever holds a budget waits for no reward.
  if (changed.length > 1) {
    await scope.db.$queryRaw`
      SELECT 1 FROM reward
      WHERE merchant_id = ${scope.merchantId} AND id = ANY(${changed.map(({ id }) => id)}::text[])
      ORDER BY id FOR NO KEY UPDATE`;
  }
  for (const reward of changed) {
    if (fallen.includes(reward)) await reverseReward(scope, reward.id, "too_few_friends");
    else await reinstateReward(scope, reward.id, "count_rose");
  }
}

async function grantForFriend(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  { due, terms, version, arm, referralId, underReview }: DueForFriend,
): Promise<void> {
  const decisions: Decision[] = [];
  await grant(
    scope,
    due,
    {
      terms,
      program: { id: program.id, version },
      advocateId: advocate.id,
      customerId: advocate.customerId,
      arm,
      referral: referralId === null ? null : { id: referralId, underReview },
    },
    decisions,
  );
  if (referralId !== null) await completeReferral(scope, referralId);
  await addDecisions(scope, due.cause.eventId!, decisions);
}

/** Whether a second-level rule of the program has not rewarded this referral yet. */
function isNew(
  rewards: readonly RewardForFriend[],
  { versions }: PublishedProgram,
  referralId: string,
): boolean {
  const rules = new Set(
    versions
      .flatMap(({ terms }) => terms.rules)
      .filter(isSecondLevel)
      .map(({ id }) => id),
  );
  return rewards.filter((reward) => reward.referralId === referralId).length < rules.size;
}
