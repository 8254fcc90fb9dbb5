import type { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { lockSharedOf, recordConsent } from "@/lib/customers/commands";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { countOrders } from "../../intake/orders/settle-order";
import { sharedBetween } from "../queries";
import { mergedProfiles, stricterChoices } from "../rules";
import type { MergeCause, Moved } from "../schema";
import { moveBalances } from "./move-balances";
import { moveAdvocates, moveFriendships } from "./move-referrals";
import { freeCauses, moveKeys, moveRows, type Pair } from "./move-rows";
import { moveTier } from "./move-tier";
import { raiseDoubles, resettle } from "./resettle";
import { lockPair, writeProfiles } from "./profiles";

/**
 * Makes two records of one person one. Books, orders, events, referrals on both sides, codes, tier
 * and badges, browsers and keys follow to the record that remains; whatever names the other one
 * leads to it from then on; of two choices about email the stricter stands. What was moved is kept,
 * so that it can be undone. Rewards are then settled anew.
 * @param input.keepEmail whose address stands where both have one; the remaining one's by default
 * @returns the merge
 * @throws DomainError forbidden; not_found for either; conflict when one was merged before
 */
export async function mergeCustomers(
  scope: Scope,
  input: Pair & { why: MergeCause; keepEmail?: "from" | "into" },
): Promise<{ mergeId: string }> {
  requirePermission(scope, "customer.merge");
  return mergeRecords(scope, input);
}

/** The same on the word of a request that named both. */
export async function mergeRecords(
  scope: Scope,
  input: Pair & { why: MergeCause; keepEmail?: "from" | "into" },
): Promise<{ mergeId: string }> {
  return inScope(scope, async (tx) => {
    const pair = { fromId: input.fromId, intoId: input.intoId };
    await lockSharedOf(tx, pair.fromId, pair.intoId);
    const evidence = await sharedBetween(tx, pair.fromId, pair.intoId);
    const profiles = await lockPair(tx, pair);
    const mergeId = newId("mrg");
    const moved = await moveAll(tx, mergeId, pair, profiles, input.keepEmail ?? "into");
    await tx.db.customerMerge.create({
      data: {
        merchantId: tx.merchantId,
        id: mergeId,
        ...pair,
        at: scopeNow(tx),
        actor: tx.actor.label,
        why: input.why,
        evidence: evidence as Prisma.InputJsonArray,
        moved: moved as Prisma.InputJsonObject,
      },
    });
    await recordAudit(tx, {
      action: "customer.merge",
      subjectType: "customer",
      subjectId: pair.intoId,
      summary: "Merged another record of the same person into this one",
      detail: { mergeId, why: input.why, from: pair.fromId },
    });
    return { mergeId };
  });
}

async function moveAll(
  tx: Tx,
  mergeId: string,
  pair: Pair,
  profiles: Moved["profiles"],
  keep: "from" | "into",
): Promise<Moved> {
  const { db, merchantId } = tx;
  const { fromId, intoId } = pair;
  await followConsents(tx, pair);
  const { friends, doubled } = await moveFriendships(tx, pair);
  const causes = await freeCauses(tx, pair);
  const rows = await moveRows(tx, pair);
  const { advocates, joined } = await moveAdvocates(tx, pair);
  const tier = await moveTier(tx, pair);
  const { browsers, keys } = await moveKeys(tx, pair);
  await writeProfiles(tx, pair, mergedProfiles(profiles.from, profiles.into, keep));
  await db.customer.updateMany({
    where: { merchantId, OR: [{ id: fromId }, { mergedIntoId: fromId }] },
    data: { mergedIntoId: intoId },
  });
  for (const id of [fromId, intoId]) await countOrders(tx, id);
  await moveBalances(tx, mergeId, pair);
  const rejected = await raiseDoubles(tx, pair, doubled);
  await resettle(tx, [intoId]);
  return {
    profiles,
    rows,
    causes,
    browsers,
    keys,
    friends,
    rejected,
    advocates,
    joined,
    tier,
  };
}

/** Of two choices the stricter stands: a no of either is a no. */
async function followConsents(tx: Tx, { fromId, intoId }: Pair): Promise<void> {
  const latest = (customerId: string) =>
    tx.db.consent.findMany({
      where: { merchantId: tx.merchantId, customerId },
      distinct: ["purpose"],
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { purpose: true, granted: true },
    });
  for (const purpose of stricterChoices(await latest(fromId), await latest(intoId)))
    await recordConsent(tx, {
      customerId: intoId,
      purpose,
      granted: false,
      source: "merge",
      wording: "Refused under another record of the same person",
    });
}
