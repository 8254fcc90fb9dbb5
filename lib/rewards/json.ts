import { z } from "zod";
import { translator } from "@/lib/core/i18n/translator";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { type Asset, assetCode, currencyAsset, decimal } from "@/lib/core/money";
import { customerRef } from "@/lib/customers/json";
import { benefitSchema, calculatorSchema, SIDES } from "@/lib/terms/schema";
import type { Receipt, RewardRow, RewardStepRow } from "./queries/rewards";
import { explanationLines } from "./words";
import { REVERSAL_REASONS, REWARD_STATES, rewardReasonWords, type RewardState } from "./schema";

const stateSchema = z.enum(REWARD_STATES);
const reversalSchema = z.enum(REVERSAL_REASONS);

export const rewardJsonSchema = z
  .object({
    id: z.string().meta({ example: "rwd_06…" }),
    program: z.string().meta({ description: "The program's id." }),
    programSlug: z.string(),
    programVersion: z.int().meta({ description: "The terms it was granted under." }),
    rule: z.string().meta({ description: "The id of the rule in those terms." }),
    side: z.enum(SIDES),
    customer: z
      .string()
      .meta({ description: "The owner: your id of the customer; ours where you gave none." }),
    state: stateSchema,
    reason: z
      .string()
      .meta({ description: "Why it is in this state: a stable word, or what your team wrote." }),
    reasonText: z.string().meta({ description: "The same in a sentence." }),
    reversalReason: reversalSchema
      .nullable()
      .meta({ description: "Why its last step voided or reversed it, or a part of it." }),
    benefit: benefitSchema,
    amount: jsonAmount
      .nullable()
      .meta({ description: "As granted; null for what is not an amount (a percentage, a gift)." }),
    currency: jsonCurrency.nullable(),
    reversedAmount: jsonAmount.nullable().meta({ description: "How much of it was reversed." }),
    recoveredAmount: jsonAmount
      .nullable()
      .meta({ description: "How much of that was recovered, or is owed." }),
    withheldAmount: jsonAmount
      .nullable()
      .meta({ description: "How much of it was withheld for an earlier reversal." }),
    cost: jsonAmount.meta({ description: "What it costs you, in the program's currency." }),
    referral: z.string().nullable(),
    eventId: z
      .string()
      .nullable()
      .meta({ description: "The event that earned it; null for what was granted without one." }),
    orderId: z.string().nullable(),
    coupon: z
      .string()
      .nullable()
      .meta({ description: "The code to give at checkout, once it is issued." }),
    underReview: z.boolean().meta({ description: "Its referral waits for a decision." }),
    note: z
      .string()
      .nullable()
      .meta({ description: "What your team wrote for its owner: a tracking number, a seat." }),
    payout: z
      .object({ id: z.string(), number: z.int() })
      .nullable()
      .meta({ description: "The payout it is part of." }),
    grantedAt: jsonTime,
    heldUntil: jsonTime,
    availableAt: jsonTime.nullable().meta({ description: "When its hold was over." }),
    issuedAt: jsonTime.nullable(),
    expiresAt: jsonTime.nullable(),
    steps: z
      .array(
        z.object({
          state: stateSchema,
          at: jsonTime,
          reason: z.string(),
          reasonText: z.string(),
          reversalReason: reversalSchema.nullable(),
          recordedAt: jsonTime,
          actor: z.string().meta({ description: "Who took the step." }),
          amount: jsonAmount.nullable().meta({ description: "What the step moved." }),
        }),
      )
      .meta({ description: "In the order they were taken." }),
  })
  .meta({ id: "Reward" });
export type RewardJson = z.infer<typeof rewardJsonSchema>;

export const receiptJsonSchema = rewardJsonSchema
  .extend({
    terms: z
      .object({
        calculator: calculatorSchema,
        holdDays: z.int(),
        conditions: z.unknown(),
        qualificationConditions: z.unknown(),
      })
      .meta({
        description: "As they stood when it was granted; editing the program changes nothing here.",
      }),
    facts: z
      .object({
        orderTotal: jsonAmount.nullable().meta({ description: "In the program's currency." }),
        isNewCustomer: z.boolean(),
        reasons: z.array(z.object({ holds: z.boolean(), code: z.string(), message: z.string() })),
      })
      .meta({ description: "What the decision rested on." }),
    calculation: z.array(z.string()).meta({
      description:
        "How the amount was worked out, a line for each step, and what became of it since. Empty " +
        "for what is not an amount.",
    }),
  })
  .meta({ id: "Receipt" });
export type ReceiptJson = z.infer<typeof receiptJsonSchema>;

export function rewardToJson(row: RewardRow, steps: readonly RewardStepRow[]): RewardJson {
  const inAsset = (minor: bigint | null) =>
    minor === null || row.asset === null ? null : decimal({ minor, asset: row.asset });
  return {
    id: row.id,
    program: row.programId,
    programSlug: row.programSlug,
    programVersion: row.programVersion,
    rule: row.ruleId,
    side: row.side,
    customer: customerRef({ id: row.customerId, externalId: row.customerExternalId }),
    state: row.state as RewardState,
    reason: row.reason,
    reasonText: rewardReasonWords(row.reason),
    reversalReason: row.reversalReason,
    benefit: row.terms.benefit,
    amount: inAsset(row.amountMinor),
    currency: row.asset === null ? null : assetCode(row.asset),
    reversedAmount: inAsset(row.asset === null ? null : row.reversedMinor),
    recoveredAmount: inAsset(row.asset === null ? null : row.recoveredMinor),
    withheldAmount: inAsset(row.asset === null ? null : row.withheldMinor),
    cost: decimal({ minor: row.costMinor, asset: currencyOf(row) }),
    referral: row.referralId,
    eventId: row.eventId,
    orderId: row.orderId,
    coupon: row.couponCode,
    underReview: row.underReview,
    note: row.note,
    payout:
      row.payoutId === null || row.payoutNumber === null
        ? null
        : { id: row.payoutId, number: row.payoutNumber },
    grantedAt: row.grantedAt.toISOString(),
    heldUntil: row.heldUntil.toISOString(),
    availableAt: timeOrNull(row.availableAt),
    issuedAt: timeOrNull(row.issuedAt),
    expiresAt: timeOrNull(row.expiresAt),
    steps: steps.map((step) => ({
      state: step.state as RewardState,
      at: step.at.toISOString(),
      reason: step.reason,
      reasonText: rewardReasonWords(step.reason),
      reversalReason: step.reversalReason,
      recordedAt: step.recordedAt.toISOString(),
      actor: step.actor,
      amount: inAsset(step.amountMinor),
    })),
  };
}

export function receiptToJson(receipt: Receipt): ReceiptJson {
  const { calculator, holdDays, conditions, qualificationConditions } = receipt.terms;
  const { orderMinor, isNewCustomer, reasons } = receipt.facts;
  return {
    ...rewardToJson(receipt, receipt.steps),
    terms: { calculator, holdDays, conditions, qualificationConditions },
    facts: {
      orderTotal:
        orderMinor === null
          ? null
          : decimal({ minor: BigInt(orderMinor), asset: currencyOf(receipt) }),
      isNewCustomer,
      reasons,
    },
    calculation: explanationLines(receipt, {
      t: translator("en"),
      locale: "en",
      seesOrder: true,
      seesCount: () => true,
    }),
  };
}

function currencyOf(row: RewardRow): Asset {
  return currencyAsset(row.terms.currency);
}
