import { z } from "zod";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { type Asset, assetCode, decimal } from "@/lib/core/money";
import type { Scope } from "@/lib/merchants/scope";
import { SIDES } from "@/lib/terms/schema";
import type { Replay, ReplayDifferenceRow } from "./queries";
import { REPLAY_STATES, type ReplayedReward, type ReplayTotals } from "./schema";

const totals = z.object({ rewards: z.int(), cost: jsonAmount }).meta({ id: "ReplayTotals" });

/** A replay in the API. */
export const replayJsonSchema = z.object({
  id: z.string().meta({ example: "rpl_06…" }),
  program: z.string(),
  state: z.enum(REPLAY_STATES),
  from: jsonTime,
  until: jsonTime,
  done: z.int().meta({ description: "People processed so far." }),
  total: z.int(),
  error: z.string().nullable(),
  createdAt: jsonTime,
  finishedAt: jsonTime.nullable(),
  currency: jsonCurrency,
  summary: z
    .object({
      before: totals.meta({ description: "Under the terms in effect." }),
      after: totals.meta({ description: "Under the changed terms." }),
      gained: totals,
      lost: totals,
      changed: totals.meta({
        description: "Granted by both, with differences; `cost` is the difference.",
      }),
      affected: z.int().meta({ description: "People whose rewards would differ." }),
      people: z.int(),
      facts: z.int(),
      rules: z.array(
        z.object({
          rule: z.string(),
          before: totals,
          after: totals,
          gained: z.int(),
          lost: z.int(),
          changed: z.int(),
        }),
      ),
    })
    .nullable()
    .meta({ description: "Null until it is done." }),
});
export type ReplayJson = z.infer<typeof replayJsonSchema>;

const reward = z
  .object({
    benefit: z.string(),
    amount: jsonAmount.nullable(),
    currency: jsonCurrency.nullable(),
    cost: jsonAmount,
  })
  .nullable();

export const replayPersonJsonSchema = z.object({
  customer: z.string().meta({ description: "Your own ID, if you sent one." }),
  rewardsBefore: z.int(),
  rewardsAfter: z.int(),
  costBefore: jsonAmount,
  costAfter: jsonAmount,
  differences: z.array(
    z.object({
      change: z.enum(["gained", "lost", "changed"]),
      rule: z.string(),
      side: z.enum(SIDES),
      orderId: z.string().nullable(),
      at: jsonTime,
      before: reward,
      after: reward,
      reason: z.string(),
    }),
  ),
});

export function replayToJson(scope: Scope, replay: Replay): ReplayJson {
  const { summary } = replay;
  const totalsJson = ({ rewards, costMinor }: ReplayTotals) => ({
    rewards,
    cost: amount(costMinor, scope.asset),
  });
  return {
    id: replay.id,
    program: replay.programId,
    state: replay.state,
    from: replay.fromAt.toISOString(),
    until: replay.untilAt.toISOString(),
    done: replay.done,
    total: replay.total,
    error: replay.error,
    createdAt: replay.createdAt.toISOString(),
    finishedAt: timeOrNull(replay.finishedAt),
    currency: scope.currency,
    summary: summary && {
      before: totalsJson(summary.before),
      after: totalsJson(summary.after),
      gained: totalsJson(summary.gained),
      lost: totalsJson(summary.lost),
      changed: totalsJson(summary.changed),
      affected: summary.affected,
      people: summary.people,
      facts: summary.facts,
      rules: summary.rules.map(({ ruleId, before, after, ...counts }) => ({
        rule: ruleId,
        before: totalsJson(before),
        after: totalsJson(after),
        ...counts,
      })),
    },
  };
}

export function replayPersonToJson(
  scope: Scope,
  row: ReplayDifferenceRow,
): z.infer<typeof replayPersonJsonSchema> {
  const rewardJson = (side: ReplayedReward | null) =>
    side && {
      benefit: side.benefit,
      amount: side.amountMinor === null ? null : amount(side.amountMinor, side.asset as Asset),
      currency: side.asset && assetCode(side.asset as Asset),
      cost: amount(side.costMinor, scope.asset),
    };
  return {
    customer: row.externalId ?? row.customerId,
    rewardsBefore: row.rewardsBefore,
    rewardsAfter: row.rewardsAfter,
    costBefore: amount(row.costBeforeMinor, scope.asset),
    costAfter: amount(row.costAfterMinor, scope.asset),
    differences: row.detail.map(({ change, ruleId, side, orderId, at, before, after, reason }) => ({
      change,
      rule: ruleId,
      side,
      orderId,
      at,
      before: rewardJson(before),
      after: rewardJson(after),
      reason,
    })),
  };
}

function amount(minor: string | bigint, asset: Asset): string {
  return decimal({ minor: BigInt(minor), asset });
}
