import { Prisma } from "@/lib/core/db";
import type { Asset } from "@/lib/core/money";
import { bigintOf, dateOf, type Query, readTogether } from "@/lib/core/statements/query";
import type { Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import {
  contactsQuery,
  emailFacts,
  emailFactsOf,
  shopOfEmailsQuery,
} from "@/lib/messaging/queries";
import type { EmailFacts } from "@/lib/messaging/schema";
import {
  type Announcement,
  emailAbout,
  isWorthAnEmail,
  type RewardNews,
} from "../rules/announcement";
import { frozenTermsSchema, type ReversalReason } from "../schema";

/**
 * Emails the owners of rewards what happened to them, in their language, with the transaction of
 * the steps that they are about. Owners without an email address see it on their page.
 * @param news all that the emails say, as the transaction leaves it: nothing is read of the rewards
 * @param known of the shop and the owners; who is missing is read
 */
export async function announceRewards(
  tx: Tx,
  news: readonly RewardNews[],
  known?: EmailFacts,
): Promise<void> {
  const told = news.filter(isWorthAnEmail);
  if (told.length === 0) return;
  const facts = await emailFacts(
    tx,
    told.map(({ customerId }) => customerId),
    known,
  );
  const emails = told.flatMap((one) => emailAbout(one, facts) ?? []);
  await queueMessages(tx, emails, facts);
}

/**
 * The same by their ids, of rewards as they stand: each by the latest of its steps.
 * @param items.leftMinor what is left of a balance, where that is less than was granted
 */
export async function announceRewardsById(
  tx: Tx,
  items: readonly { rewardId: string; template: Announcement; leftMinor?: bigint | undefined }[],
): Promise<void> {
  if (items.length === 0) return;
  const ids = items.map(({ rewardId }) => rewardId);
  const { rewards, shop, contacts } = await readTogether(tx.db, {
    rewards: rewardsQuery(tx, ids),
    shop: shopOfEmailsQuery(tx),
    contacts: contactsQuery(
      tx,
      Prisma.sql`SELECT customer_id FROM reward
        WHERE merchant_id = ${tx.merchantId} AND id = ANY(${ids}::text[])`,
    ),
  });
  const byId = new Map(rewards.map((reward) => [reward.rewardId, reward]));
  const news = items.flatMap(({ rewardId, template, leftMinor }) => {
    const reward = byId.get(rewardId);
    return reward ? (newsOf(reward, template, leftMinor) ?? []) : [];
  });
  await announceRewards(tx, news, emailFactsOf(shop, contacts));
}

/** The same for one reward. */
export async function announceReward(
  tx: Tx,
  rewardId: string,
  template: Announcement,
  { leftMinor }: { leftMinor?: bigint } = {},
): Promise<void> {
  await announceRewardsById(tx, [{ rewardId, template, leftMinor }]);
}

type RewardRow = Pick<
  RewardNews,
  "rewardId" | "stepId" | "customerId" | "programName" | "programSlug" | "terms"
> & {
  amountMinor: bigint | null;
  asset: Asset | null;
  heldUntil: Date;
  expiresAt: Date | null;
  couponCode: string | null;
  state: string;
  reason: string;
  reversalReason: ReversalReason | null;
  note: string | null;
  stepAmountMinor: bigint | null;
};

const TOLD = frozenTermsSchema.pick({ benefit: true, on: true });

function rewardsQuery({ merchantId }: Tx, ids: readonly string[]): Query<RewardRow> {
  return {
    sql: Prisma.sql`
      SELECT r.id AS "rewardId", s.id AS "stepId", r.customer_id AS "customerId",
        p.name AS "programName", p.slug AS "programSlug", r.terms,
        r.amount_minor::text AS "amountMinor", r.asset, r.held_until AS "heldUntil",
        r.expires_at AS "expiresAt", k.code AS "couponCode", r.state, r.reason,
        r.reversal_reason AS "reversalReason", r.note, s.amount_minor::text AS "stepAmountMinor"
      FROM reward r
      JOIN program p ON p.merchant_id = r.merchant_id AND p.id = r.program_id
      LEFT JOIN coupon k ON k.merchant_id = r.merchant_id AND k.reward_id = r.id
      JOIN LATERAL (
        SELECT s.id, s.amount_minor FROM reward_step s
        WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id ORDER BY s.id DESC LIMIT 1
      ) s ON true
      WHERE r.merchant_id = ${merchantId} AND r.id = ANY(${[...ids]}::text[])`,
    row: (json) => ({
      ...json,
      terms: TOLD.parse(json.terms),
      amountMinor: bigintOf(json.amountMinor),
      heldUntil: dateOf(json.heldUntil),
      expiresAt: dateOf(json.expiresAt),
      stepAmountMinor: bigintOf(json.stepAmountMinor),
    }),
  };
}

/** Null for a reward that never expires where that was to be told. */
function newsOf(
  reward: RewardRow,
  template: Announcement,
  leftMinor: bigint | undefined,
): RewardNews | null {
  const { amountMinor, asset, expiresAt } = reward;
  const amount =
    amountMinor === null || asset === null ? null : { minor: leftMinor ?? amountMinor, asset };
  if (template !== "reward_expiring") return { ...reward, template, amount };
  const waits = reward.state === "available";
  return expiresAt && { ...reward, template, amount, expiresAt, waits };
}
