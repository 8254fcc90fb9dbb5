import type { Db } from "@/lib/core/db";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { MessageState, TemplateName } from "@/lib/messaging/schema";
import { termsOf } from "@/lib/programs/queries";
import type { Side, Terms } from "@/lib/terms/schema";
import { type ReferralStory, referralStory } from "@/lib/referrals/queries/referrals";
import { announcementKeys } from "@/lib/rewards/rules/announcement";
import { listRewards, type RewardRow, stepsOfRewards } from "@/lib/rewards/queries/rewards";
import type { Decision } from "@/lib/pipeline/decide/decision";

/** Something that happened to a referral, or to its friend in the meantime. */
export type StoryEntry = { key: string; at: Date } & (
  | { kind: "step"; state: string; reason: string; actor: string; decisions: Decision[] }
  | {
      kind: "order";
      orderId: string;
      totalMinor: bigint;
      isEarlier: boolean;
      decisions: Decision[];
    }
  | { kind: "refund"; orderId: string; amountMinor: bigint; decisions: Decision[] }
  | { kind: "signal"; signal: string; severity: string; detail: string }
  | {
      kind: "reward";
      rewardId: string;
      side: Side;
      state: string;
      reason: string;
      actor: string;
      isFirst: boolean;
    }
  | {
      kind: "email";
      messageId: string;
      template: TemplateName;
      recipient: string;
      state: MessageState;
    }
);

export type WholeStory = {
  referral: ReferralStory;
  /** The terms it started under. */
  terms: Terms;
  rewards: RewardRow[];
  /** In order of time; at the same instant, causes before effects. */
  entries: StoryEntry[];
};

const RANK: Record<StoryEntry["kind"], number> = {
  order: 0,
  refund: 1,
  step: 2,
  signal: 3,
  reward: 4,
  email: 5,
};
/** How many of a friend's orders are shown. The first ones are those that matter. */
const MOST_ORDERS = 50;

/** A referral with the decisions behind each of its steps. @throws DomainError not_found */
export async function wholeStory(scope: Scope, referralId: string): Promise<WholeStory> {
  requirePermission(scope, "referral.read");
  return inScope(scope, async (tx) => {
    const referral = await referralStory(tx, referralId);
    const terms = await termsOf(tx, referral.programId, referral.programVersion);
    const { rows: rewards } = await listRewards(tx, { referral: referralId, limit: 200 });
    const purchases = await ordersOf(tx.db, tx.merchantId, referral);
    const rewardEntries = await stepsOf(tx, rewards);
    const causes = [
      `friend_joined:${referralId}`,
      `welcome:${referralId}`,
      ...rewardEntries.flatMap(({ rewardId, key }) => announcementKeys(rewardId, [key])),
    ];
    const emails = await emailsOf(tx.db, tx.merchantId, causes);
    const eventIds = [
      ...referral.steps.flatMap(({ eventId }) => eventId ?? []),
      ...purchases.map(({ eventId }) => eventId),
    ];
    const decisions = await decisionsOf(tx.db, tx.merchantId, eventIds);

    // Decisions about a purchase are shown with it, not with the step that it caused.
    const withPurchase = new Set(purchases.map(({ eventId }) => eventId));
    const entries: StoryEntry[] = [
      ...referral.steps.map((step): StoryEntry => ({
        kind: "step",
        key: step.id,
        at: step.at,
        state: step.state,
        reason: step.reason,
        actor: step.actor,
        decisions:
          step.eventId && !withPurchase.has(step.eventId)
            ? (decisions.get(step.eventId) ?? [])
            : [],
      })),
      ...purchases.map(({ eventId, ...entry }): StoryEntry => ({
        ...entry,
        decisions: decisions.get(eventId) ?? [],
      })),
      ...referral.signals.map((signal): StoryEntry => ({
        kind: "signal",
        key: `signal-${signal.kind}`,
        at: signal.at,
        signal: signal.kind,
        severity: signal.severity,
        detail: signal.detail,
      })),
      ...rewardEntries,
      ...emails,
    ];
    return {
      referral,
      terms,
      rewards,
      entries: entries.sort(
        (a, b) => a.at.getTime() - b.at.getTime() || RANK[a.kind] - RANK[b.kind],
      ),
    };
  });
}

type Purchase =
  Extract<StoryEntry, { kind: "order" | "refund" }> extends infer Entry
    ? Entry extends { decisions: Decision[] }
      ? Omit<Entry, "decisions"> & { eventId: string }
      : never
    : never;

async function ordersOf(db: Db, merchantId: string, referral: ReferralStory): Promise<Purchase[]> {
  const orders = await db.order.findMany({
    where: { merchantId, customerId: referral.friendId },
    orderBy: { occurredAt: "asc" },
    take: MOST_ORDERS,
    include: { refunds: { orderBy: { occurredAt: "asc" } } },
  });
  const startedAt = referral.clickedAt ?? referral.joinedAt ?? referral.createdAt;
  return orders.flatMap((order): Purchase[] => [
    {
      kind: "order",
      key: order.eventId,
      eventId: order.eventId,
      at: order.occurredAt,
      orderId: order.id,
      totalMinor: order.totalMinor,
      isEarlier: order.occurredAt < startedAt,
    },
    ...order.refunds.map((refund): Purchase => ({
      kind: "refund",
      key: refund.eventId,
      eventId: refund.eventId,
      at: refund.occurredAt,
      orderId: order.id,
      amountMinor: refund.amountMinor,
    })),
  ]);
}

async function stepsOf(
  scope: Scope,
  rewards: readonly RewardRow[],
): Promise<Extract<StoryEntry, { kind: "reward" }>[]> {
  const steps = await stepsOfRewards(
    scope,
    rewards.map(({ id }) => id),
  );
  return rewards.flatMap((reward) =>
    (steps.get(reward.id) ?? []).map((step, index) => ({
      kind: "reward" as const,
      key: step.id,
      at: step.at,
      rewardId: reward.id,
      side: reward.side,
      state: step.state,
      reason: step.reason,
      actor: step.actor,
      isFirst: index === 0,
    })),
  );
}

async function emailsOf(db: Db, merchantId: string, causeKeys: string[]): Promise<StoryEntry[]> {
  const rows = await db.message.findMany({
    where: { merchantId, causeKey: { in: causeKeys } },
    select: { id: true, template: true, recipient: true, state: true, createdAt: true },
  });
  return rows.map((row) => ({
    kind: "email",
    key: row.id,
    at: row.createdAt,
    messageId: row.id,
    template: row.template as TemplateName,
    recipient: row.recipient,
    state: row.state as MessageState,
  }));
}

/** The decisions about each event, in their order. */
async function decisionsOf(
  db: Db,
  merchantId: string,
  eventIds: readonly string[],
): Promise<Map<string, Decision[]>> {
  const rows = await db.eventOutcome.findMany({
    where: { merchantId, eventId: { in: [...eventIds] } },
    select: { eventId: true, decisions: true },
  });
  return new Map(rows.map((row) => [row.eventId, row.decisions as unknown as Decision[]]));
}
