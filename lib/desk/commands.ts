import { DomainError, notFound } from "@/lib/core/errors";
import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { worthWords } from "@/lib/terms/words/promises";
import { endHold, grantOutright, voidReward } from "@/lib/rewards/commands";
import { type LoadedReward, lockRewardAfterReferral } from "@/lib/rewards/commands/lock-reward";
import { possibleOutcomes } from "./rules";
import {
  type AnswerQuestion,
  type AskQuestion,
  MOST_QUESTIONS,
  type QuestionOutcome,
} from "./schema";

/**
 * Stores a customer's question about one of their rewards. One question can be open at a time.
 * @throws DomainError not_found for a reward that is not theirs; conflict while a question is open,
 * or after the last one allowed
 */
export async function askQuestion(
  scope: Scope,
  customerId: string,
  { rewardId, message }: AskQuestion,
): Promise<{ questionId: string }> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const reward = await lockRewardAfterReferral(tx, rewardId);
    if (reward.customerId !== customerId) throw notFound("reward");
    const asked = await tx.db.reviewRequest.findMany({
      where: { merchantId, rewardId },
      select: { state: true },
    });
    if (asked.some(({ state }) => state === "open"))
      throw new DomainError("conflict", "Your last question about this reward is still open.");
    if (asked.length >= MOST_QUESTIONS)
      throw new DomainError(
        "conflict",
        "You have asked about this reward several times. Please contact the shop.",
      );
    const questionId = newId("rvw");
    await tx.db.reviewRequest.create({
      data: {
        merchantId,
        id: questionId,
        rewardId,
        customerId,
        message,
        state: "open",
        createdAt: scopeNow(tx),
      },
    });
    await recordAudit(tx, {
      action: "review.ask",
      subjectType: "reward",
      subjectId: rewardId,
      summary: "Asked a question about a reward",
      detail: { reviewId: questionId },
    });
    return { questionId };
  });
}

/**
 * Answers a question and carries out its outcome. The customer reads the answer on the reward's
 * page and by email.
 * @throws DomainError not_found; conflict when it is answered, or when the reward's state does not
 * allow the outcome
 */
export async function answerQuestion(
  scope: Scope,
  { questionId, outcome, answer }: AnswerQuestion,
): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const about = await tx.db.reviewRequest.findUnique({
      where: { merchantId_id: { merchantId, id: questionId } },
      select: { rewardId: true },
    });
    if (!about) throw notFound("question");
    const reward = await lockRewardAfterReferral(tx, about.rewardId);
    const now = scopeNow(tx);
    const { count } = await tx.db.reviewRequest.updateMany({
      where: { merchantId, id: questionId, state: "open" },
      data: { state: "answered", answer, outcome, answeredAt: now, answeredBy: tx.actor.label },
    });
    if (count === 0) throw new DomainError("conflict", "This question has already been answered.");
    if (!possibleOutcomes(reward).includes(outcome)) {
      throw new DomainError(
        "conflict",
        `This is not possible for a reward that is ${reward.state}. Reload the page.`,
        "outcome",
      );
    }
    await carryOut(tx, reward, { questionId, outcome, answer });
    await recordAudit(tx, {
      action: "review.answer",
      subjectType: "reward",
      subjectId: reward.id,
      summary: `Answered a question about a reward: ${answer}`.slice(0, 300),
      detail: { reviewId: questionId, outcome, answer },
    });
    await tellCustomer(tx, reward, { questionId, outcome, answer });
  });
}

async function carryOut(
  tx: Tx,
  reward: LoadedReward,
  { questionId, outcome, answer }: AnswerQuestion,
): Promise<void> {
  if (outcome === "voided")
    return voidReward(tx, { rewardId: reward.id, reason: answer.slice(0, 300) });
  if (outcome === "released") await endHold(tx, reward);
  if (outcome === "replaced") {
    const { benefit, calculator, expiry } = reward.terms;
    const worth =
      reward.amountMinor === null || reward.asset === null
        ? null
        : { minor: reward.amountMinor, asset: reward.asset };
    await grantOutright(tx, {
      programId: reward.programId,
      customerId: reward.customerId,
      source: "goodwill",
      ruleId: "goodwill",
      causeRef: { kind: "review", ref: questionId },
      eventId: null,
      benefit,
      calculator,
      ...(worth && { amount: worth }),
      holdDays: 0,
      ...(expiry && { expiry }),
      costMinor: null,
      at: scopeNow(tx),
      facts: { reviewId: questionId, replaces: reward.id },
    });
  }
}

async function tellCustomer(
  tx: Tx,
  reward: LoadedReward,
  { questionId, outcome, answer }: { questionId: string; outcome: QuestionOutcome; answer: string },
): Promise<void> {
  const { db, merchantId } = tx;
  const customer = await db.customer.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: reward.customerId } },
    select: { email: true, locale: true, merchant: { select: { defaultLocale: true } } },
  });
  if (!customer.email) return;
  const program = await db.program.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: reward.programId } },
    select: { name: true, slug: true },
  });
  const locale = asLocale(customer.locale ?? customer.merchant.defaultLocale);
  const amount =
    reward.amountMinor === null || reward.asset === null
      ? null
      : { minor: reward.amountMinor, asset: reward.asset };
  await queueMessages(tx, [
    {
      causeKey: `review_answered:${questionId}`,
      template: "review_answered",
      customerId: reward.customerId,
      recipient: customer.email,
      locale,
      data: {
        programName: program.name,
        programSlug: program.slug,
        rewardId: reward.id,
        answer,
        outcome,
        benefit: worthWords(translator(locale), reward.terms.benefit, amount, locale),
      },
    },
  ]);
}
