import type { Terms } from "@/lib/terms/schema";
import type { Past } from "./read/past";
import type { GrantedRewards } from "./simulate/granted-rewards";
import type { RunReward } from "./simulate/run-reward";
import type {
  ReplayDetail,
  ReplayedPerson,
  ReplayedReward,
  ReplayResult,
  ReplayRuleSummary,
  ReplayTotals,
} from "./schema";

export type Outcome = { terms: Terms; granted: Pick<GrantedRewards, "rewards" | "refusals"> };
type Totals = { rewards: number; cost: bigint };
type Person = { before: Totals; after: Totals; detail: ReplayDetail[] };
type RuleCounts = { before: Totals; after: Totals; gained: number; lost: number; changed: number };

/** Compares the rewards at the end of two runs over the same past: by reward, person and rule. */
export function compare(
  before: Outcome,
  after: Outcome,
  past: Pick<Past, "friends" | "advocates" | "moments">,
): ReplayResult {
  const people = new Map<string, Person>();
  const rules = new Map<string, RuleCounts>();
  const sums = { before: none(), after: none(), gained: none(), lost: none(), changed: none() };
  for (const key of new Set([...before.granted.rewards.keys(), ...after.granted.rewards.keys()])) {
    const [was, is] = [rewardIn(before, key), rewardIn(after, key)];
    const one = is ?? was;
    if (!one) continue;
    const person = entry(people, one.customerId, () => ({
      before: none(),
      after: none(),
      detail: [],
    }));
    const rule = entry(rules, one.ruleId, () => ({
      before: none(),
      after: none(),
      gained: 0,
      lost: 0,
      changed: 0,
    }));
    if (was)
      [sums.before, person.before, rule.before].forEach((totals) => addTo(totals, was.costMinor));
    if (is) [sums.after, person.after, rule.after].forEach((totals) => addTo(totals, is.costMinor));
    const change = was && is ? (same(was, is) ? null : "changed") : is ? "gained" : "lost";
    if (!change) continue;
    rule[change] += 1;
    addTo(
      sums[change],
      change === "lost" ? was!.costMinor : is!.costMinor - (was?.costMinor ?? 0n),
    );
    person.detail.push(
      detailOf(
        change,
        one,
        was,
        is,
        whyNot(change === "gained" ? before : after, key, change, was, is),
      ),
    );
  }
  const affected = [...people]
    .filter(([, { detail }]) => detail.length > 0)
    .map(([customerId, person]) => personOf(customerId, person))
    .sort(byDifference);
  return {
    people: affected,
    summary: {
      before: totals(sums.before),
      after: totals(sums.after),
      gained: totals(sums.gained),
      lost: totals(sums.lost),
      changed: totals(sums.changed),
      affected: affected.length,
      facts: past.moments.length,
      people: new Set([
        ...past.friends.keys(),
        ...[...past.advocates.values()].map(({ customerId }) => customerId),
      ]).size,
      rules: ruleOrder(before.terms, after.terms, rules),
    },
  };
}

function rewardIn({ granted }: Outcome, key: string): RunReward | null {
  const reward = granted.rewards.get(key);
  return reward && reward.reversedFor === null ? reward : null;
}

function same(was: RunReward, is: RunReward): boolean {
  return (
    was.costMinor === is.costMinor &&
    was.benefit === is.benefit &&
    was.asset === is.asset &&
    leftOf(was) === leftOf(is)
  );
}

function leftOf({ amountMinor, reversedMinor }: RunReward): bigint | null {
  return amountMinor === null ? null : amountMinor - reversedMinor;
}

/** Why one run does not have the reward; for a reward that both have, what differs. */
function whyNot(
  without: Outcome,
  key: string,
  change: ReplayDetail["change"],
  was: RunReward | null,
  is: RunReward | null,
): string {
  if (was && is) {
    if (was.benefit !== is.benefit) return "The benefit is different.";
    return leftOf(was) === leftOf(is) ? "The cost is different." : "The amount is different.";
  }
  const { ruleId } = (is ?? was)!;
  const run = change === "gained" ? "the current terms" : "the changed terms";
  if (!without.terms.rules.some(({ id, off }) => id === ruleId && !off))
    return change === "gained" ? "The rule is new." : "The rule was removed.";
  const refusal = without.granted.refusals.get(key);
  if (refusal) return `Refused by ${run}: ${refusal}`;
  const reversedFor = without.granted.rewards.get(key)?.reversedFor;
  return reversedFor ? `Reversed under ${run}: ${reversedFor}` : `Not due under ${run}.`;
}

function detailOf(
  change: ReplayDetail["change"],
  one: RunReward,
  was: RunReward | null,
  is: RunReward | null,
  reason: string,
): ReplayDetail {
  const { ruleId, side, causeKey, orderId, at } = one;
  return {
    change,
    ruleId,
    side,
    causeKey,
    orderId,
    at: at.toISOString(),
    before: was && sideOf(was),
    after: is && sideOf(is),
    reason,
  };
}

function sideOf(reward: RunReward): ReplayedReward {
  const { costMinor, asset, benefit } = reward;
  return {
    costMinor: costMinor.toString(),
    amountMinor: leftOf(reward)?.toString() ?? null,
    asset,
    benefit,
  };
}

function personOf(customerId: string, { before, after, detail }: Person): ReplayedPerson {
  return {
    customerId,
    rewardsBefore: before.rewards,
    rewardsAfter: after.rewards,
    costBeforeMinor: before.cost,
    costAfterMinor: after.cost,
    detail: detail.sort((one, other) =>
      one.at < other.at ? -1 : one.at > other.at ? 1 : one.ruleId < other.ruleId ? -1 : 1,
    ),
  };
}

function byDifference(one: ReplayedPerson, other: ReplayedPerson): number {
  const size = ({ costBeforeMinor, costAfterMinor }: ReplayedPerson) => {
    const difference = costAfterMinor - costBeforeMinor;
    return difference < 0n ? -difference : difference;
  };
  const [left, right] = [size(one), size(other)];
  return left === right
    ? other.detail.length - one.detail.length || (one.customerId < other.customerId ? -1 : 1)
    : left > right
      ? -1
      : 1;
}

/** All rules that are switched on: those of the changed terms first, in their order. */
function ruleOrder(
  before: Terms,
  after: Terms,
  rules: ReadonlyMap<string, RuleCounts>,
): ReplayRuleSummary[] {
  const ids = new Set(
    [...after.rules, ...before.rules].filter(({ off }) => !off).map(({ id }) => id),
  );
  return [...ids].map((ruleId) => {
    const counts = rules.get(ruleId) ?? {
      before: none(),
      after: none(),
      gained: 0,
      lost: 0,
      changed: 0,
    };
    return { ...counts, ruleId, before: totals(counts.before), after: totals(counts.after) };
  });
}

function none(): Totals {
  return { rewards: 0, cost: 0n };
}
function addTo(sum: Totals, cost: bigint): void {
  sum.rewards += 1;
  sum.cost += cost;
}
function totals({ rewards, cost }: Totals): ReplayTotals {
  return { rewards, costMinor: cost.toString() };
}
function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
