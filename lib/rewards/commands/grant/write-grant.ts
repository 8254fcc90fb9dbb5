import type { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import type { Money } from "@/lib/core/money";
import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { FrozenTerms, RewardReason, RewardSource } from "../../schema";
import { announceReward } from "../announce-reward";
import type { LoadedReward } from "../lock-reward";
import { finishRelease, releaseSteps } from "../release/release-reward";
import type { RewardStep } from "../step-reward";

/** A reward that is about to be granted, and why. */
export type NewReward = {
  row: Pick<
    Prisma.RewardUncheckedCreateInput,
    | "programVersion"
    | "ruleId"
    | "causeKind"
    | "causeRef"
    | "referralId"
    | "eventId"
    | "orderId"
    | "arm"
  > & {
    source: RewardSource;
    programId: string;
    side: "advocate" | "friend";
    customerId: string;
    advocateId: string | null;
    earnedAt: Date;
    heldUntil: Date;
  };
  terms: FrozenTerms;
  facts: Prisma.InputJsonValue;
  /** Null for what is not an amount. */
  amount: Money | null;
  /** In minor units of the merchant's currency. */
  costMinor: bigint;
  /** Why it is there, in its first step. */
  reason: RewardReason;
  /** It stays on hold, however long ago it was earned. */
  underReview: boolean;
  /** What the ledger says of it. */
  memo: string;
};

/**
 * Writes a granted reward with the steps that it takes at once, and moves its amount. While its
 * hold lasts that is one step; without a hold it is written as released (and issued, if it needs no
 * code), with each of these steps on record.
 * @returns its id; null when this was granted before
 */
export async function writeGrant(scope: Tx, grant: NewReward): Promise<string | null> {
  const { db, merchantId } = scope;
  const { row, amount, costMinor } = grant;
  const now = scopeNow(scope);
  const id = newId("rwd");
  // Conditions were checked when their version was published, and are immutable since.
  const terms = grant.terms as LoadedReward["terms"];
  const isReleased = row.heldUntil <= now && !grant.underReview;
  const steps: RewardStep[] = [
    {
      state: "held",
      reason: grant.reason,
      at: row.earnedAt,
      costMinor,
      ...(amount && { amountMinor: amount.minor }),
    },
    ...(isReleased ? releaseSteps({ ...row, terms }, now, scope.timeZone) : []),
  ];
  const { count } = await db.reward.createMany({
    data: [
      {
        ...row,
        merchantId,
        id,
        terms: terms as unknown as Prisma.InputJsonValue,
        facts: grant.facts,
        amountMinor: amount?.minor ?? null,
        asset: amount?.asset ?? null,
        costMinor,
        grantedAt: now,
        ...columnsAfter(steps, now),
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return null;
  await db.rewardStep.createMany({
    data: steps.map(({ state, reason, at, amountMinor = null, costMinor = 0n }) => ({
      merchantId,
      rewardId: id,
      id: newId("stp"),
      state,
      reason,
      at,
      recordedAt: now,
      actor: scope.actor.label,
      amountMinor,
      costMinor,
    })),
  });
  if (amount) {
    postAtEnd(scope, [
      {
        causeKey: `reward:${id}:grant`,
        rewardId: id,
        amount,
        occurredAt: row.earnedAt,
        memo: grant.memo,
        from: { kind: "funding", ownerId: row.programId, asset: amount.asset },
        to: { kind: "pending", ownerId: row.customerId, asset: amount.asset },
      },
    ]);
  }
  if (isReleased) await finishRelease(scope, heldReward(id, grant, terms), now);
  else await announceReward(scope, id, "reward_held");
  return id;
}

/** What the row says of a reward that has taken these steps at once. */
function columnsAfter(steps: readonly RewardStep[], now: Date) {
  const { state, reason } = steps.at(-1)!;
  return {
    state,
    reason,
    availableAt: steps.some((step) => step.state === "available") ? now : null,
    issuedAt: steps.findLast(({ issuedAt }) => issuedAt)?.issuedAt ?? null,
    ...steps.findLast(({ expiry }) => expiry)?.expiry,
  };
}

function heldReward(id: string, { row, amount }: NewReward, terms: LoadedReward["terms"]) {
  return {
    ...row,
    id,
    state: "held" as const,
    terms,
    amountMinor: amount?.minor ?? null,
    asset: amount?.asset ?? null,
    reversedMinor: 0n,
    withheldMinor: 0n,
    expiredMinor: 0n,
  };
}
