import type { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { recountEverybody } from "../../commands";
import { type Ladder, tierLadder } from "../queries/ladder";
import { type LadderInput, tierAmountText } from "../schema";

type Definition = Omit<LadderInput, "tiers"> & {
  tiers: (Omit<LadderInput["tiers"][number], "id"> & { id: string })[];
};

/**
 * Saves the merchant's ladder: what counts, for how long, and the tiers in the order of their
 * thresholds. Tiers that are left out are deleted; their customers move to the next lower one. A
 * change of what tiers take has everybody recounted in the background; no one loses a tier by it
 * before it expires. Test mode gets the same ladder.
 * @throws DomainError not_found for the id of a tier that is not there
 */
export async function saveLadder(scope: Scope, input: LadderInput): Promise<Ladder> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    await lockPlan(tx, input);
    const before = await tierLadder(tx);
    const known = new Set(before?.tiers.map(({ id }) => id));
    const strange = input.tiers.find(({ id }) => id !== undefined && !known.has(id));
    if (strange) throw notFound("tier");
    const ladder: Definition = {
      ...input,
      tiers: input.tiers.map((tier) => ({ ...tier, id: tier.id ?? newId("tir") })),
    };
    await write(tx, ladder, before);
    await recordAudit(tx, {
      action: "tiers.save",
      subjectType: "tier_plan",
      subjectId: tx.merchantId,
      summary:
        input.state === "disabled"
          ? "Saved the tiers, switched off"
          : `Saved the tiers: ${input.tiers.map(({ name }) => name).join(", ")}`,
      detail: {
        metric: input.metric,
        window: input.window,
        windowDays: input.windowDays,
        graceDays: input.graceDays,
        state: input.state,
        tiers: ladder.tiers.map(({ id, name, threshold, pointsMultiplierBp }) => ({
          id,
          name,
          threshold: tierAmountText(threshold, input.metric, tx.currency),
          pointsMultiplierBp,
        })),
      },
    });
    await inSandboxOf(tx, async (sandbox) => {
      await lockPlan(sandbox, input);
      await write(sandbox, ladder, await tierLadder(sandbox));
    });
    return (await tierLadder(tx))!;
  });
}

/**
 * Exclusive: no tier is calculated meanwhile, so that none is reached that is being deleted. The
 * plan's row is made if need be.
 */
async function lockPlan(
  tx: Tx,
  { metric, window, windowDays, graceDays }: LadderInput,
): Promise<void> {
  await tx.lock.alone("ladder");
  await tx.db.$executeRaw`
    INSERT INTO tier_plan (merchant_id, metric, "window", window_days, grace_days, state,
      updated_at)
    VALUES (${tx.merchantId}, ${metric}, ${window}, ${windowDays}, ${graceDays}, 'disabled',
      ${scopeNow(tx)})
    ON CONFLICT (merchant_id) DO NOTHING`;
}

async function write(tx: Tx, ladder: Definition, before: Ladder | null): Promise<void> {
  const { db, merchantId } = tx;
  const now = scopeNow(tx);
  const { metric, window, windowDays, graceDays, state } = ladder;
  await db.tierPlan.update({
    where: { merchantId },
    data: { metric, window, windowDays, graceDays, state, updatedAt: now },
  });
  // Out of the way first: no two tiers may share a rank at any moment.
  await db.$executeRaw`UPDATE tier SET rank = rank + 1000 WHERE merchant_id = ${merchantId}`;
  for (const [index, { id, ...tier }] of ladder.tiers.entries()) {
    const data = {
      ...tier,
      rank: index + 1,
      benefits: tier.benefits as Prisma.InputJsonValue,
      updatedAt: now,
    };
    await db.tier.upsert({
      where: { merchantId_id: { merchantId, id } },
      update: data,
      create: { merchantId, id, ...data, createdAt: now },
    });
  }
  for (const tier of before?.tiers ?? []) {
    if (!ladder.tiers.some(({ id }) => id === tier.id)) await removeTier(tx, tier, ladder);
  }
  // While tiers are off, no one has one; when they are on again, the facts bring them back.
  if (state === "disabled") await db.customerTier.deleteMany({ where: { merchantId } });
  if (before === null || asksOtherwise(before, ladder)) await recountEverybody(tx);
}

/** Everyone in a tier that goes moves to the next lower one, or out, with a step that says why. */
async function removeTier(
  tx: Tx,
  tier: Ladder["tiers"][number],
  ladder: Definition,
): Promise<void> {
  const { db, merchantId } = tx;
  const lower = ladder.tiers.findLast(({ threshold }) => threshold < tier.threshold) ?? null;
  const now = scopeNow(tx);
  await db.$executeRaw`
    INSERT INTO tier_step
      (merchant_id, customer_id, id, from_tier_id, to_tier_id, from_name, to_name, reason, value,
        at, recorded_at, actor)
    SELECT merchant_id, customer_id, ${newId("stp")}, ${tier.id}, ${lower?.id ?? null},
      ${tier.name}, ${lower?.name ?? null},
      'rules_changed', 0, ${now}, ${now}, ${tx.actor.label}
    FROM customer_tier WHERE merchant_id = ${merchantId} AND tier_id = ${tier.id}`;
  if (lower)
    await db.customerTier.updateMany({
      where: { merchantId, tierId: tier.id },
      data: { tierId: lower.id },
    });
  else await db.customerTier.deleteMany({ where: { merchantId, tierId: tier.id } });
  await db.tier.delete({ where: { merchantId_id: { merchantId, id: tier.id } } });
}

/** Whether it takes something else now to have a tier; names, words and looks ask for nothing. */
function asksOtherwise(before: Ladder, after: Definition): boolean {
  const asked = ({
    metric,
    window,
    windowDays,
    graceDays,
    tiers,
  }: Pick<Ladder, "metric" | "window" | "windowDays" | "graceDays"> & {
    tiers: readonly { id: string; threshold: bigint }[];
  }) =>
    JSON.stringify([
      metric,
      window,
      windowDays,
      graceDays,
      tiers.map(({ id, threshold }) => [id, threshold.toString()]),
    ]);
  return before.active !== (after.state === "active") || asked(before) !== asked(after);
}
