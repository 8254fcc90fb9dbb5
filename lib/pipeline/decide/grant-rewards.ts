import { givesPoints } from "@/lib/terms/rules/worth";
import type { Db } from "@/lib/core/db";
import { pointsMultiplier } from "@/lib/loyalty/points/queries/points-multiplier";
import type { Scope } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import type { LoadedReferral } from "@/lib/referrals/commands";
import type { Cause } from "@/lib/terms/facts/referrals";
import type { ReferralFacts } from "@/lib/referrals/rules";
import { type GrantInput, grantReward } from "@/lib/rewards/commands";
import type { ReferralContext } from "@/lib/terms/facts/known";
import { type Due, dueOfReferral } from "@/lib/terms/rules/due";
import type { Decision } from "./decision";

/**
 * Grants what is due for a referral and has not been granted yet. @returns whether anything was
 * granted
 */
export async function grantDueOfReferral(
  scope: Scope & { db: Db },
  {
    referral,
    terms,
    facts,
    context,
    qualifiedBy,
  }: {
    referral: LoadedReferral;
    terms: Terms;
    facts: ReferralFacts;
    context: ReferralContext;
    qualifiedBy: Cause | null;
  },
  decisions: Decision[],
): Promise<boolean> {
  const known = await scope.db.reward.findMany({
    where: { merchantId: scope.merchantId, referralId: referral.id },
    select: { ruleId: true, causeKey: true },
  });
  const due = dueOfReferral({
    terms,
    referralId: referral.id,
    facts,
    context,
    qualifiedBy,
    isKnown: (ruleId, causeKey) =>
      known.some((reward) => reward.ruleId === ruleId && reward.causeKey === causeKey),
  });
  let granted = false;
  for (const one of due) {
    const outcome = await grant(
      scope,
      one,
      {
        terms,
        program: { id: referral.programId, version: referral.programVersion },
        advocateId: referral.advocateId,
        arm: referral.arm,
        referral: { id: referral.id, underReview: referral.reviewAt !== null },
        customerId: one.rule.side === "friend" ? referral.friendId : referral.advocateCustomerId,
      },
      decisions,
    );
    granted ||= outcome === "granted";
  }
  return granted;
}

/**
 * Decides one due reward and grants it unless a condition or limit refuses it.
 * @param decisions takes the outcome, with every reason of a refusal
 */
export async function grant(
  scope: Scope,
  due: Due,
  to: Pick<GrantInput, "terms" | "program" | "advocateId" | "arm" | "referral" | "customerId">,
  decisions: Decision[],
): Promise<"granted" | "already" | "refused"> {
  const { rule, causeKey, cause, facts } = due;
  const result = await grantReward(scope, {
    ...to,
    rule,
    causeKey,
    facts,
    cause: { eventId: cause.eventId, orderId: cause.order?.orderId ?? null, at: cause.at },
    multiplier: givesPoints(rule)
      ? await pointsMultiplier(scope, {
          customerId: to.customerId,
          programId: to.program.id,
          at: cause.at,
        })
      : null,
  });
  const about = { ruleId: rule.id, ...(to.referral && { referralId: to.referral.id }) };
  if (result.outcome === "refused") {
    const { reasons } = result;
    const message = reasons
      .filter(({ holds }) => !holds)
      .map((reason) => reason.message)
      .join(" ");
    decisions.push({ ...about, code: "reward_refused", message, causeKey, reasons });
  } else {
    const code = result.outcome === "granted" ? "reward_granted" : "reward_known";
    decisions.push({
      ...about,
      code,
      message: `A reward for the ${rule.side}.`,
      rewardId: result.rewardId,
    });
  }
  return result.outcome;
}
