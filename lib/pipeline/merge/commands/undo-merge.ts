import { DomainError, notFound } from "@/lib/core/errors";
import { assetCode, decimal } from "@/lib/core/money";
import { lockSharedOf } from "@/lib/customers/commands";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { accountOf, lockReward, remainingAmount } from "@/lib/rewards/commands/lock-reward";
import { undoRejection } from "../../process/decide-referral";
import { countOrders } from "../../intake/orders/settle-order";
import { mergedProfiles, unmergedProfiles } from "../rules";
import { type Moved, movedSchema } from "../schema";
import { moveBalancesBack } from "./move-balances";
import { moveAdvocatesBack, moveFriendshipsBack } from "./move-referrals";
import { moveKeysBack, moveRowsBack, type Pair, restoreCauses } from "./move-rows";
import { lockMerged, writeProfiles } from "./profiles";
import { resettle } from "./resettle";
import { keepApart } from "./tell-apart";

/**
 * Makes two records of what was merged: each has again what was theirs, as far as it is still
 * there. What came since stays with the record that remained. The two are not suggested again.
 * @returns what could not be moved back, in words
 * @throws DomainError forbidden, not_found; conflict for one that was undone, or whose records were
 * merged further
 */
export async function undoMerge(
  scope: Scope,
  { mergeId }: { mergeId: string },
): Promise<{ stayed: string[] }> {
  requirePermission(scope, "customer.merge");
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const key = { merchantId_id: { merchantId, id: mergeId } };
    const merge = await tx.db.customerMerge.findUnique({ where: key });
    if (!merge) throw notFound("merge");
    if (merge.undoneAt !== null) throw undoneBefore();
    const pair = { fromId: merge.fromId, intoId: merge.intoId };
    await lockSharedOf(tx, pair.fromId, pair.intoId);
    const now = await lockMerged(tx, pair);
    const { count } = await tx.db.customerMerge.updateMany({
      where: { merchantId, id: mergeId, undoneAt: null },
      data: { undoneAt: scopeNow(tx), undoneBy: tx.actor.label },
    });
    if (count === 0) throw undoneBefore();
    const stayed = await moveAllBack(tx, mergeId, pair, movedSchema.parse(merge.moved), now);
    await tx.db.customerMerge.update({ where: key, data: { stayed } });
    await recordAudit(tx, {
      action: "customer.undo_merge",
      subjectType: "customer",
      subjectId: pair.intoId,
      summary: "Undid a merge: two people again",
      detail: { mergeId, from: pair.fromId, stayed },
    });
    return { stayed };
  });
}

function undoneBefore(): DomainError {
  return new DomainError("conflict", "This merge has been undone before.");
}

async function moveAllBack(
  tx: Tx,
  mergeId: string,
  pair: Pair,
  moved: Moved,
  now: Moved["profiles"],
): Promise<string[]> {
  const { db, merchantId } = tx;
  const { fromId, intoId } = pair;
  const worth = await worthOf(tx, intoId, moved.rows["rewards"] ?? []);
  const returned = await moveBalancesBack(tx, mergeId, pair, worth);
  const kinds = await moveRowsBack(tx, pair, moved.rows);
  await restoreCauses(tx, moved.causes);
  await moveFriendshipsBack(tx, pair, moved.friends);
  await moveAdvocatesBack(tx, pair, moved);
  await moveKeysBack(tx, pair, moved);
  const merged = mergedProfiles(moved.profiles.from, moved.profiles.into, keptEmail(moved, now));
  await writeProfiles(tx, pair, unmergedProfiles(moved.profiles, merged, now.into));
  await db.customer.update({
    where: { merchantId_id: { merchantId, id: fromId } },
    data: { mergedIntoId: null },
  });
  await moveTierBack(tx, pair, moved);
  for (const id of [fromId, intoId]) await countOrders(tx, id);
  await keepApart(tx, fromId, intoId);
  for (const referralId of moved.rejected) await reopen(tx, referralId);
  await resettle(tx, [fromId, intoId]);
  return [
    ...returned.flatMap(({ asset, missingMinor }) =>
      missingMinor > 0n
        ? [`${decimal({ minor: missingMinor, asset })} ${assetCode(asset)} had been used since.`]
        : [],
    ),
    ...kinds.map((kind) => `Some ${kind} were no longer there to be moved back.`),
  ];
}

/** Whose address the merge kept: the one that stands now, if it was one of both. */
function keptEmail({ profiles }: Moved, now: Moved["profiles"]): "from" | "into" {
  return profiles.from.email !== null && now.into.email === profiles.from.email ? "from" : "into";
}

/** Where the worth of rewards lies that go back: on hold, or given out. */
async function worthOf(tx: Tx, ownerId: string, rewardIds: readonly string[]) {
  const worth = [];
  for (const id of rewardIds.toSorted()) {
    const reward = await lockReward(tx, id);
    const isOpen = ["held", "available", "issued"].includes(reward.state);
    const amount = remainingAmount(reward);
    const account = accountOf(reward);
    if (isOpen && reward.customerId === ownerId && amount && account)
      worth.push({ kind: account.kind, asset: amount.asset, minor: amount.minor });
  }
  return worth;
}

async function moveTierBack(
  { db, merchantId }: Tx,
  { fromId, intoId }: Pair,
  { tier }: Moved,
): Promise<void> {
  if (tier !== "moved") return;
  const has = await db.customerTier.count({ where: { merchantId, customerId: fromId } });
  if (has > 0) return;
  await db.customerTier.updateMany({
    where: { merchantId, customerId: intoId },
    data: { customerId: fromId },
  });
}

async function reopen(tx: Tx, referralId: string): Promise<void> {
  const referral = await tx.db.referral.findUnique({
    where: { merchantId_id: { merchantId: tx.merchantId, id: referralId } },
    select: { state: true },
  });
  if (referral?.state === "rejected") await undoRejection(tx, { referralId });
}
