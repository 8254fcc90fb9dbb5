import type { Prisma } from "@/lib/core/db";
import type { Tx } from "@/lib/merchants/scope";
import { freezeFacts } from "@/lib/terms/facts/conditions";
import { isInPoints } from "@/lib/terms/kinds/benefits";
import type { Verdict } from "@/lib/terms/kinds/condition";
import { type Chosen, decideGrant, freezeTerms } from "../../rules/decision";
import { isLimited } from "../../rules/limits";
import type { GrantTo, Wanted } from "../../rules/settle";
import { countGrant } from "./counters";
import { lockLimits } from "./lock-limits";
import { restoreReward } from "./restore-reward";
import { type NewReward, writeGrant } from "./write-grant";

type GrantResult =
  | { outcome: "granted"; rewardId: string; reasons: Verdict[] }
  | { outcome: "refused"; reasons: Verdict[] };

/**
 * Grants what settling wants under frozen terms, if limits leave room, or says why not. Where there
 * are limits, they are read and written under one lock (see `lockLimits`); without, they are only
 * counted up, at the end of the transaction. Without a hold the reward is released in the same
 * transaction. One of which its owner kept a part when it was reversed is restored, with what is
 * missing.
 */
export async function grantReward(tx: Tx, due: Wanted, to: GrantTo): Promise<GrantResult> {
  const { rule, cause, price } = due;
  const limits = isLimited(to.terms, rule)
    ? await lockLimits(tx, to.terms, rule, {
        programId: to.programId,
        advocateId: cappedAdvocate(due, to),
        advocate: to.advocateId,
        customerId: due.customerId,
        at: cause.at,
      })
    : null;
  const chosen = decideGrant(rule, due.facts, cause.at, price, limits);
  if (!chosen.granted) return { outcome: "refused", reasons: chosen.reasons };
  const reasons = isInPoints(chosen.benefit)
    ? [...chosen.reasons, ...due.priceReasons.map(multiplied)]
    : chosen.reasons;
  const isRestored = due.kept !== null && !chosen.isFallback;
  const rewardId = isRestored
    ? await restoreReward(tx, due.kept!, { due, worth: chosen.worth })
    : await writeGrant(tx, newReward(due, to, { ...chosen, reasons }));
  if (rewardId === null) return { outcome: "refused", reasons: [GRANTED_BEFORE] };
  if (!isRestored)
    countGrant(tx, {
      programId: to.programId,
      advocateId: cappedAdvocate(due, to),
      costMinor: chosen.worth.costMinor,
    });
  return { outcome: "granted", rewardId, reasons };
}

/** Another transaction was first: the database lets only one of them in. */
const GRANTED_BEFORE: Verdict = {
  holds: false,
  code: "reward_known",
  message: "This was rewarded already.",
};

function multiplied(message: string): Verdict {
  return { holds: true, code: "points_multiplied", message };
}

function newReward(due: Wanted, to: GrantTo, chosen: Chosen): NewReward {
  const { rule, causeRef, cause, price } = due;
  const underReview = to.referral?.underReview ?? false;
  return {
    row: {
      source: "rule",
      programId: to.programId,
      programVersion: to.programVersion,
      referralId: to.referral?.id ?? null,
      ruleId: rule.id,
      side: rule.side,
      customerId: due.customerId,
      advocateId: cappedAdvocate(due, to),
      causeKind: causeRef.kind,
      causeRef: causeRef.ref,
      eventId: cause.eventId,
      orderId: cause.order?.orderId ?? null,
      arm: to.arm,
      earnedAt: cause.at,
      heldUntil: chosen.heldUntil,
    },
    terms: freezeTerms(rule, to.terms, chosen, price),
    facts: {
      ...freezeFacts(due.facts),
      reasons: chosen.reasons,
    } as unknown as Prisma.InputJsonValue,
    ...chosen.worth,
    reason: underReview
      ? "under_review"
      : chosen.isFallback
        ? "smaller_benefit"
        : rule.holdDays === 0
          ? "granted"
          : "on_hold",
    underReview,
    memo: "Reward granted",
  };
}

/** The advocate whose cap it counts against; the friend's side counts against none. */
function cappedAdvocate({ rule }: Wanted, { advocateId }: GrantTo): string | null {
  return rule.side === "advocate" ? advocateId : null;
}
