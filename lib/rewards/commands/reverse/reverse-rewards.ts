import { type Db, Prisma } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { owedBy } from "@/lib/ledger/rules/accounts";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { announceReward } from "../announce-reward";
import { thawFacts } from "@/lib/terms/facts/conditions";
import { correctPayout } from "../../payouts/commands/correct-payout";
import { type OrderLeft, reversalFor, shareOfCost } from "../../rules";
import type { RewardReason, RewardState } from "../../schema";
import {
  accountOf,
  fundingOf,
  type LoadedReward,
  lockReward,
  remainingAmount,
  unreversedAmount,
} from "../lock-reward";
import { stepReward } from "../step-reward";

/** States in which something of a reward still stands. */
const REVERSIBLE: readonly RewardState[] = ["held", "available", "issued", "used"];

/**
 * Calls back what an order's refunds no longer carry, from every reward that was granted for it.
 * Works from the order as it stands now: the same refund twice, or slices in another order, call
 * back the same.
 * @param cause what is behind it, unique per refund event: the ledger refuses a second movement for
 * it
 */
export async function reverseForOrder(
  scope: Scope,
  order: OrderLeft & { id: string },
  cause: { key: string; at: Date },
): Promise<{ rewardId: string; whole: boolean }[]> {
  return inScope(scope, async (db, scope) => {
    const rows = await lockReversible(
      db,
      Prisma.sql`merchant_id = ${scope.merchantId} AND order_id = ${order.id}`,
    );
    const reversed: { rewardId: string; whole: boolean }[] = [];
    for (const { id } of rows) {
      const reward = await lockReward(db, scope.merchantId, id);
      if (!REVERSIBLE.includes(reward.state)) continue;
      const reversal = reversalFor(
        { ...reward.terms, ...reward, facts: thawFacts(reward.facts) },
        order,
      );
      if (reversal.whole) await reverseWhole(scope, reward, "refunded", cause);
      else if (reversal.minor > 0n) await reversePart(scope, reward, reversal.minor, cause);
      else continue;
      reversed.push({ rewardId: id, whole: reversal.whole });
    }
    return reversed;
  });
}

/** Calls back every standing reward of a referral (it was rejected). */
export async function reverseForReferral(
  scope: Scope,
  referralId: string,
  reason: RewardReason,
  cause: { key: string; at: Date },
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const rows = await lockReversible(
      db,
      Prisma.sql`merchant_id = ${scope.merchantId} AND referral_id = ${referralId}`,
    );
    for (const { id } of rows)
      await reverseWhole(scope, await lockReward(db, scope.merchantId, id), reason, cause);
  });
}

/** All of them before the first one's budget: whoever holds a budget waits for no reward. */
async function lockReversible(db: Db, where: Prisma.Sql): Promise<{ id: string }[]> {
  return db.$queryRaw<{ id: string }[]>`
    SELECT id FROM reward WHERE ${where} AND state = ANY(${[...REVERSIBLE]}::text[]) ORDER BY id FOR NO KEY UPDATE`;
}

/**
 * Takes a whole reward back: voided while it was held, reversed after. What the customer has spent
 * already cannot be taken from a balance that is not there; the step says how much came back, and
 * only that lowers the program's cost. What the merchant's policy claims instead counts as come
 * back: the customer owes it, and later rewards pay for it.
 */
export async function reverseWhole(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  reason: string,
  cause: { key: string; at: Date },
): Promise<void> {
  if (!REVERSIBLE.includes(reward.state)) return;
  const { db, merchantId } = scope;
  const amount = unreversedAmount(reward);
  const state: RewardState = reward.state === "held" ? "voided" : "reversed";
  let costBack = reward.costMinor;
  if (amount && amount.minor > 0n) {
    const recovered = await returnToFunding(scope, reward, amount.minor, cause);
    costBack = shareOfCost(reward.costMinor, recovered, amount.minor);
    await countReversal(db, merchantId, reward, amount.minor, recovered);
    await stepReward(scope, {
      rewardId: reward.id,
      state,
      reason,
      at: cause.at,
      amountMinor: recovered,
      costMinor: -costBack,
    });
  } else {
    // A used coupon cannot be unused: its cost stays.
    if (reward.state === "used") costBack = 0n;
    await stepReward(scope, {
      rewardId: reward.id,
      state,
      reason,
      at: cause.at,
      costMinor: -costBack,
    });
  }
  await db.coupon.updateMany({
    where: { merchantId, rewardId: reward.id, usedAt: null, voidedAt: null },
    data: { voidedAt: scopeNow(scope) },
  });
  await freeLimits(db, merchantId, reward, costBack, true);
  await correctPayout(scope, reward.payoutBatchId);
  await announceReward(scope, reward.id, "reward_reversed");
}

async function reversePart(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  minor: bigint,
  cause: { key: string; at: Date },
): Promise<void> {
  const left = unreversedAmount(reward)!.minor;
  const recovered = await returnToFunding(scope, reward, minor, cause);
  const costBack = shareOfCost(reward.costMinor, recovered, left);
  await countReversal(scope.db, scope.merchantId, reward, minor, recovered);
  await stepReward(scope, {
    rewardId: reward.id,
    state: reward.state,
    reason: "partly_refunded",
    at: cause.at,
    amountMinor: recovered,
    costMinor: -costBack,
  });
  await freeLimits(scope.db, scope.merchantId, reward, costBack, false);
  await correctPayout(scope, reward.payoutBatchId);
  await announceReward(scope, reward.id, "reward_reversed");
}

async function returnToFunding(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  minor: bigint,
  cause: { key: string; at: Date },
): Promise<bigint> {
  const asset = reward.asset!;
  const policy = reward.clawbackPolicy === "negative" ? "claim" : "clamp";
  // A used coupon or money handed over lies with nobody any more; what else the customer has is
  // another reward's.
  if (reward.state === "used" && policy === "clamp") return 0n;
  // The budget before the books, in the order in which a grant takes them.
  await scope.db.$queryRaw`
    SELECT 1 FROM program_budget WHERE merchant_id = ${scope.merchantId} AND program_id = ${reward.programId} FOR NO KEY UPDATE`;
  const back = {
    causeKey: `reward:${reward.id}:reverse:${cause.key}`,
    rewardId: reward.id,
    amount: { minor, asset },
    from: accountOf(reward)!,
    to: fundingOf(reward, asset),
    occurredAt: cause.at,
    memo: "Reward called back",
  };
  if (reward.state === "used") {
    await postTransfers(scope, [
      { ...back, from: owedBy(back.from), memo: "Owed: it was called back after it had been used" },
    ]);
    return minor;
  }
  // Together with this reward others of theirs lie in `issued`; what was kept back of this one
  // never came there.
  const lying = remainingAmount(reward)!.minor;
  const keptBack = back.from.kind === "issued" && minor > lying ? minor - lying : 0n;
  const { outcomes } = await postTransfers(scope, [
    ...(minor > keptBack
      ? [{ ...back, amount: { minor: minor - keptBack, asset }, takesBack: policy } as const]
      : []),
    ...(keptBack > 0n && policy === "claim"
      ? [
          {
            ...back,
            causeKey: `${back.causeKey}:kept`,
            amount: { minor: keptBack, asset },
            from: owedBy(back.from),
            memo: "Owed again: what had paid it does not stand",
          },
        ]
      : []),
  ]);
  return outcomes.reduce(
    (sum, { movedMinor, claimedMinor }) => sum + movedMinor + claimedMinor,
    0n,
  );
}

async function countReversal(
  db: Db,
  merchantId: string,
  reward: LoadedReward,
  minor: bigint,
  recovered: bigint,
): Promise<void> {
  const stands = unreversedAmount(reward)!.minor - minor;
  await db.reward.update({
    where: { merchantId_id: { merchantId, id: reward.id } },
    data: {
      reversedMinor: { increment: minor },
      recoveredMinor: { increment: recovered },
      // What had been kept back of a reward that does not stand is owed again.
      withheldMinor: reward.withheldMinor < stands ? reward.withheldMinor : stands,
    },
  });
}

/**
 * What is called back makes room again under the budget and, when whole, under the advocate's cap.
 */
async function freeLimits(
  db: Db,
  merchantId: string,
  reward: LoadedReward,
  costMinor: bigint,
  whole: boolean,
): Promise<void> {
  // What was given without a rule took no room.
  if (reward.terms.given) return;
  await db.programBudget.update({
    where: { merchantId_programId: { merchantId, programId: reward.programId } },
    data: { costMinor: { decrement: costMinor }, ...(whole && { rewards: { decrement: 1 } }) },
  });
  if (whole && reward.advocateId) {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: reward.advocateId } },
      data: { rewardCount: { decrement: 1 } },
    });
  }
}
