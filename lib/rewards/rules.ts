import { type Asset, currencyAsset, divide, type Money, parseMoney, POINTS, shareOf } from "@/lib/core/money";
import { addDays } from "@/lib/core/time";
import type { Benefit, Calculator, Condition, Rule, Terms } from "@/lib/programs/schema";
import { type ConditionFacts, evaluate, type Verdict } from "./conditions";

/** What a rule gives when its conditions hold: the amount (null for what is not an amount) and what it costs. */
export type Worth = { amount: Money | null; costMinor: bigint };

export type RuleDecision =
  | { granted: true; worth: Worth; heldUntil: Date; reasons: Verdict[] }
  | { granted: false; reasons: Verdict[] };

/**
 * Decides one rule for one cause.
 * @param at when the cause happened; the hold counts from there
 * @param pointCostMilli what a point costs, in thousandths of a minor unit
 */
export function decideRule(rule: Rule, facts: ConditionFacts, at: Date, pointCostMilli: number): RuleDecision {
  const { holds, reasons } = evaluate(rule.conditions, facts);
  if (!holds) return { granted: false, reasons };
  const worth = worthOf(rule, facts, pointCostMilli);
  if (worth.amount !== null && worth.amount.minor === 0n) {
    return { granted: false, reasons: [...reasons, { holds: false, code: "worth_nothing", message: "The reward would be worth nothing." }] };
  }
  return { granted: true, worth, heldUntil: addDays(at, rule.holdDays), reasons };
}

/** The worth of a benefit for an order. Shares of an order round down: a program never pays more than it promised. */
export function worthOf(
  { benefit, calculator }: { benefit: Benefit; calculator: Calculator },
  facts: Pick<ConditionFacts, "currency" | "orderMinor">, pointCostMilli: number,
): Worth {
  const currency = currencyAsset(facts.currency);
  if (benefit.kind === "percent_off" || benefit.kind === "gift") {
    return { amount: null, costMinor: parseMoney(benefit.unitCost, currency).minor };
  }
  const asset: Asset = benefit.kind === "points" ? POINTS : currency;
  const minor = calculate(calculator, asset, facts.orderMinor ?? 0n);
  return { amount: { minor, asset }, costMinor: costOf({ minor, asset }, pointCostMilli) };
}

/** What an amount costs the merchant in minor units of its currency; points at their unit cost, rounded up. */
export function costOf(amount: Money, pointCostMilli: number): bigint {
  return amount.asset === POINTS ? divide(amount.minor * BigInt(pointCostMilli), 1000n, "up") : amount.minor;
}

function calculate(calculator: Calculator, asset: Asset, orderMinor: bigint): bigint {
  if (calculator.kind === "fixed") return parseMoney(calculator.amount, asset).minor;
  if (calculator.kind === "none") return 0n;
  const share = shareOf(orderMinor, calculator.shareBp, "down");
  const most = calculator.atMost === null ? share : parseMoney(calculator.atMost, asset).minor;
  return share < most ? share : most;
}

/** What limits leave room for. `null` limits do not limit. */
export type Limits = {
  advocateCap: number | null; advocateRewards: number;
  budgetRewards: number | null; programRewards: number;
  budgetCostMinor: bigint | null; programCostMinor: bigint;
};

/** The limits of a program's terms with what has been used of them. */
export function limitsOf(
  terms: Pick<Terms, "advocateCap" | "budget" | "currency">,
  used: { advocateRewards: number | null; programRewards: number; programCostMinor: bigint },
): Limits {
  return {
    // A friend's reward counts against no advocate's cap.
    advocateCap: used.advocateRewards === null ? null : terms.advocateCap, advocateRewards: used.advocateRewards ?? 0,
    budgetRewards: terms.budget.rewards, programRewards: used.programRewards,
    budgetCostMinor: terms.budget.cost === null ? null : parseMoney(terms.budget.cost, currencyAsset(terms.currency)).minor,
    programCostMinor: used.programCostMinor,
  };
}

/** Why one more reward of this cost does not fit, or null when it does. */
export function refusedByLimits(limits: Limits, costMinor: bigint): Verdict | null {
  if (limits.advocateCap !== null && limits.advocateRewards >= limits.advocateCap) {
    return { holds: false, code: "advocate_cap_reached", message: `The advocate has had ${limits.advocateRewards} rewards, which is the limit.` };
  }
  if (limits.budgetRewards !== null && limits.programRewards >= limits.budgetRewards) {
    return { holds: false, code: "budget_reached", message: `The program's ${limits.budgetRewards} rewards are given.` };
  }
  if (limits.budgetCostMinor !== null && limits.programCostMinor + costMinor > limits.budgetCostMinor) {
    return { holds: false, code: "budget_reached", message: "The program's budget is used up." };
  }
  return null;
}

/** A grant as its reversal sees it. Amounts in minor units. */
export type GrantedReward = {
  benefit: Benefit; calculator: Calculator; conditions: Condition; qualificationConditions: Condition;
  amountMinor: bigint | null; reversedMinor: bigint;
  /** As it was when it was granted: a refund changes what was bought, not who the friend was. */
  isNewCustomer: boolean;
};

/**
 * How much of a grant what is left of its order no longer carries: the frozen terms are worked out again for the order
 * less its refunds. Depends on the order's state alone, so slices give the same whole in any order, and each counts once.
 * @returns `whole` when nothing of the reward stands, else the amount to call back now (0 for none)
 */
export function reversalFor(
  reward: GrantedReward, order: { currency: string; totalMinor: bigint; remainingMinor: bigint },
): { whole: true } | { whole: false; minor: bigint } {
  const facts: ConditionFacts = { currency: order.currency, orderMinor: order.remainingMinor, isNewCustomer: reward.isNewCustomer };
  const stands =
    order.remainingMinor > 0n && evaluate(reward.conditions, facts).holds && evaluate(reward.qualificationConditions, facts).holds;
  if (!stands) return { whole: true };
  if (reward.calculator.kind !== "share_of_order" || reward.amountMinor === null) return { whole: false, minor: 0n };
  const worth = worthOf(reward, facts, 0).amount?.minor ?? 0n;
  if (worth === 0n) return { whole: true };
  const target = reward.amountMinor - worth;
  return { whole: false, minor: target > reward.reversedMinor ? target - reward.reversedMinor : 0n };
}
