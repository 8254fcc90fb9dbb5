import type { Prisma } from "@/lib/core/db";
import { assert, DomainError, notFound } from "@/lib/core/errors";
import { type Money, parseMoney } from "@/lib/core/money";
import { addDays } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { ALWAYS, type Benefit, type Calculator, type Expiry } from "@/lib/terms/schema";
import { hasAmount } from "@/lib/terms/kinds/benefits";
import { benefitAsset, costOf } from "@/lib/terms/rules/worth";
import type { RewardReason, RewardSource } from "../../schema";
import { finishGrants, writeGrant } from "./write-grant";

/** What a reward without a rule is given for. */
type OutrightCause = { kind: "redemption" | "season" | "review"; ref: string };

export type OutrightGrant = {
  /** Which program funds it, and on whose pages it is shown. */
  programId: string;
  customerId: string;
  /** What grants it, and which item, leaderboard or other thing: stands in for a rule. */
  source: Exclude<RewardSource, "rule">;
  ruleId: string;
  /** What it is given for: with the rule and the person, given once. */
  causeRef: OutrightCause;
  /** The event behind it, where there is one. */
  eventId: string | null;
  benefit: Benefit;
  /** A fixed amount, or `none` for what is not an amount: there is no order to take a share of. */
  calculator: Calculator;
  /** The amount outright, where the calculator cannot tell it any more. */
  amount?: Money | null;
  holdDays: number;
  expiry?: Expiry | null;
  /**
   * What it costs the merchant, in minor units of its currency; worked out from the benefit unless
   * told.
   */
  costMinor?: bigint | null;
  /** When it was earned; the hold counts from there. */
  at: Date;
  /** Why it is there, in the words of its first step; "Gift from the shop" by default. */
  reason?: RewardReason;
  /** Kept with the reward and shown on its receipt. */
  facts: Prisma.InputJsonObject;
};

/**
 * Gives a reward without a rule of the program: something redeemed, a prize, goodwill. Its terms
 * are frozen and it is held, released, issued and reversed as any other, but no cap or budget is
 * asked, and it counts against none. The same cause again gives what the first call gave. Without a
 * hold it is released in the same transaction.
 * @throws DomainError invalid_request for a calculator that needs an order or an amount of 0,
 * not_found for a program that was never published
 */
export async function grantOutright(
  scope: Scope,
  input: OutrightGrant,
): Promise<{ rewardId: string }> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const amount = fixedAmount(tx, input);
    const { pointCostMilli } = await tx.db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: { pointCostMilli: true },
    });
    const costMinor = input.costMinor ?? costOfBenefit(tx, input.benefit, amount, pointCostMilli);
    const program = await tx.db.program.findUnique({
      where: { merchantId_id: { merchantId, id: input.programId } },
      select: { currentVersion: true },
    });
    if (program?.currentVersion == null) throw notFound("program");

    const granted = await writeGrant(tx, {
      row: {
        programId: input.programId,
        programVersion: program.currentVersion,
        referralId: null,
        ruleId: input.ruleId,
        side: "advocate",
        customerId: input.customerId,
        advocateId: null,
        source: input.source,
        causeKind: input.causeRef.kind,
        causeRef: input.causeRef.ref,
        eventId: input.eventId,
        orderId: null,
        arm: null,
        earnedAt: input.at,
        heldUntil: addDays(input.at, input.holdDays),
      },
      terms: {
        currency: tx.currency,
        benefit: input.benefit,
        calculator: input.calculator,
        holdDays: input.holdDays,
        conditions: ALWAYS,
        qualificationConditions: ALWAYS,
        pointCostMilli,
        given: true,
        ...(input.expiry && { expiry: input.expiry }),
      },
      facts: {
        currency: tx.currency,
        orderMinor: null,
        isNewCustomer: false,
        reasons: [],
        ...input.facts,
      },
      amount,
      costMinor,
      reason: input.holdDays === 0 ? (input.reason ?? "given_outright") : "on_hold",
      underReview: false,
      memo: "Reward granted",
    });
    if (!granted) return { rewardId: await grantedBefore(tx, input) };
    await finishGrants(tx, [granted]);
    return { rewardId: granted.id };
  });
}

/** The amount that is given; null for what is not an amount. */
function fixedAmount(
  scope: Scope,
  { benefit, calculator, amount: outright }: OutrightGrant,
): Money | null {
  if (!hasAmount(benefit)) return null;
  const asset = benefitAsset(benefit, scope.currency);
  if (outright) {
    assert(outright.asset === asset, "an amount is in the asset of its benefit");
    return outright;
  }
  if (calculator.kind !== "fixed")
    throw new DomainError("invalid_request", "Say a fixed amount.", "calculator");
  const amount = parseMoney(calculator.amount, asset, "calculator.amount");
  if (amount.minor === 0n)
    throw new DomainError("invalid_request", "Say more than 0.", "calculator.amount");
  return amount;
}

function costOfBenefit(
  scope: Scope,
  benefit: Benefit,
  amount: Money | null,
  pointCostMilli: number,
): bigint {
  if (amount) return costOf(amount, pointCostMilli);
  return "unitCost" in benefit ? parseMoney(benefit.unitCost, scope.asset).minor : 0n;
}

async function grantedBefore(scope: Scope, input: OutrightGrant): Promise<string> {
  return inScope(scope, async ({ db, merchantId }) => {
    const { programId, ruleId, causeRef, customerId } = input;
    const { id } = await db.reward.findFirstOrThrow({
      where: {
        merchantId,
        programId,
        ruleId,
        causeKind: causeRef.kind,
        causeRef: causeRef.ref,
        customerId,
      },
      orderBy: { id: "desc" },
      select: { id: true },
    });
    return id;
  });
}
