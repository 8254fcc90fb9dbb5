import type { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import type { Money } from "@/lib/core/money";
import { postNewAtEnd } from "@/lib/ledger/commands/post-transfers";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { FrozenTerms, RewardReason, RewardSource, RewardState } from "../../schema";
import { deliveryOf } from "@/lib/terms/kinds/benefits";
import type { EmailFacts } from "@/lib/messaging/schema";
import type { RewardNews } from "../../rules/announcement";
import { announceRewards, announceRewardsById } from "../announce-reward";
import { fundingOf, type HeldReward, type LoadedReward } from "../lock-reward";
import { handOut, releaseSteps, releaseTransfer } from "../release/release-reward";
import { withhold } from "../release/withhold";
import type { RewardStep } from "../step-reward";
import { insertReward, leaveReward, leaveSteps, type RewardRow } from "./write-rewards";

/** A reward that is about to be granted, and why. */
export type NewReward = {
  row: {
    source: RewardSource;
    programId: string;
    programVersion: number;
    referralId: string | null;
    ruleId: string;
    side: "advocate" | "friend";
    customerId: string;
    advocateId: string | null;
    causeKind: string;
    causeRef: string;
    eventId: string | null;
    orderId: string | null;
    arm: string | null;
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

/** A reward that was granted, with the steps that it takes at once. */
export type GrantedReward = {
  id: string;
  state: RewardState;
  isReleased: boolean;
  reward: HeldReward;
  programId: string;
  /** The last of its steps, and when it expires after that. */
  stepId: string;
  expiresAt: Date | null;
};

/** What emails about rewards say beside them; it is read where it is not at hand. */
export type RewardEmails = {
  facts: EmailFacts;
  /** Programs, by id. */
  programs: ReadonlyMap<string, { name: string; slug: string }>;
};

/**
 * Leaves a granted reward to be written with the steps that it takes at once, and its amount to be
 * moved. While its hold lasts that is one step; without a hold it is written as released (and
 * issued, if it needs no code), with each of these steps on record.
 */
export function leaveGrant(tx: Tx, grant: NewReward): GrantedReward {
  const composed = compose(tx, grant);
  leaveReward(tx, composed.row);
  return leaveRest(tx, grant, composed);
}

/** The same, written now. @returns null when this was granted before */
export async function writeGrant(tx: Tx, grant: NewReward): Promise<GrantedReward | null> {
  const composed = compose(tx, grant);
  if (!(await insertReward(tx, composed.row))) return null;
  return leaveRest(tx, grant, composed);
}

/**
 * What follows once rewards are granted: their owners hear of it, coupons get their codes or wait
 * for them.
 */
export async function finishGrants(
  tx: Tx,
  granted: readonly GrantedReward[],
  emails?: RewardEmails,
): Promise<void> {
  const isCoupon = ({ isReleased, reward }: GrantedReward) =>
    isReleased && deliveryOf(reward.terms.benefit) === "coupon";
  const told = granted.filter((one) => !isCoupon(one));
  if (emails) {
    const news = told.map((one) => newsOf(one, emails.programs));
    await announceRewards(tx, news, emails.facts);
  } else {
    const items = told.map(({ id, isReleased }) => ({
      rewardId: id,
      template: aboutIt(isReleased),
    }));
    await announceRewardsById(tx, items);
  }
  for (const { reward } of granted.filter(isCoupon)) await handOut(tx, reward);
}

function aboutIt(isReleased: boolean): "reward_available" | "reward_held" {
  return isReleased ? "reward_available" : "reward_held";
}

function newsOf(
  { id, isReleased, reward, programId, stepId, expiresAt }: GrantedReward,
  programs: RewardEmails["programs"],
): RewardNews {
  const { customerId, terms, amountMinor, asset, heldUntil } = reward;
  const { name: programName, slug: programSlug } = programs.get(programId)!;
  const amount = amountMinor === null || asset === null ? null : { minor: amountMinor, asset };
  const about = { rewardId: id, stepId, customerId, programName, programSlug, terms, amount };
  return isReleased
    ? { ...about, template: "reward_available", couponCode: null, expiresAt }
    : { ...about, template: "reward_held", heldUntil };
}

type Composed = {
  row: RewardRow;
  steps: RewardStep[];
  reward: HeldReward;
  isReleased: boolean;
  now: Date;
};

function compose(tx: Tx, grant: NewReward): Composed {
  const { row, amount, costMinor } = grant;
  const now = scopeNow(tx);
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
    ...(isReleased ? releaseSteps({ ...row, terms }, now, tx.timeZone) : []),
  ];
  return {
    row: {
      id,
      program_id: row.programId,
      program_version: row.programVersion,
      referral_id: row.referralId,
      rule_id: row.ruleId,
      side: row.side,
      customer_id: row.customerId,
      advocate_id: row.advocateId,
      source: row.source,
      cause_kind: row.causeKind,
      cause_ref: row.causeRef,
      event_id: row.eventId,
      order_id: row.orderId,
      arm: row.arm,
      earned_at: row.earnedAt,
      held_until: row.heldUntil,
      terms,
      facts: grant.facts,
      amount_minor: amount?.minor ?? null,
      asset: amount?.asset ?? null,
      cost_minor: costMinor,
      granted_at: now,
      ...columnsAfter(steps, now),
    },
    steps,
    reward: heldReward(id, grant, terms),
    isReleased,
    now,
  };
}

function leaveRest(tx: Tx, grant: NewReward, composed: Composed): GrantedReward {
  const { steps, reward, isReleased, now } = composed;
  const { amount, row, memo } = grant;
  const stepId = leaveSteps(tx, reward.id, steps);
  if (amount) {
    const granted = {
      causeKey: `reward:${reward.id}:grant`,
      rewardId: reward.id,
      amount,
      occurredAt: row.earnedAt,
      memo,
      from: fundingOf(row, amount.asset),
      to: { kind: "pending", ownerId: row.customerId, asset: amount.asset },
    } as const;
    const released = isReleased ? releaseTransfer(tx, reward, now) : null;
    postNewAtEnd(tx, released ? [granted, released] : [granted], ([, outcome]) =>
      withhold(tx, reward, outcome?.repaidMinor ?? 0n),
    );
  }
  const { state } = steps.at(-1)!;
  const expiresAt = composed.row.expires_at;
  const { programId } = row;
  return { id: reward.id, state, isReleased, reward, programId, stepId, expiresAt };
}

/** What the row says of a reward that has taken these steps at once. */
function columnsAfter(steps: readonly RewardStep[], now: Date) {
  const { state, reason } = steps.at(-1)!;
  const expiry = steps.findLast((step) => step.expiry)?.expiry;
  return {
    state,
    reason,
    available_at: steps.some((step) => step.state === "available") ? now : null,
    issued_at: steps.findLast(({ issuedAt }) => issuedAt)?.issuedAt ?? null,
    expires_at: expiry?.expiresAt ?? null,
    remind_at: expiry?.remindAt ?? null,
  };
}

function heldReward(
  id: string,
  { row, amount }: NewReward,
  terms: LoadedReward["terms"],
): HeldReward {
  return {
    id,
    customerId: row.customerId,
    heldUntil: row.heldUntil,
    state: "held",
    terms,
    amountMinor: amount?.minor ?? null,
    asset: amount?.asset ?? null,
    reversedMinor: 0n,
    withheldMinor: 0n,
    expiredMinor: 0n,
  };
}
