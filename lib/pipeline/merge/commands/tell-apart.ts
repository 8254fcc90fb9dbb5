import { notFound } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";

/**
 * Remembers that two records are of two people, whatever they share: they are not suggested as
 * duplicates again, and what they share raises no signal. @throws DomainError forbidden, not_found
 */
export async function tellApart(
  scope: Scope,
  { oneId, otherId }: { oneId: string; otherId: string },
): Promise<void> {
  requirePermission(scope, "customer.merge");
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const known = await tx.db.customer.count({
      where: { merchantId, id: { in: [oneId, otherId] } },
    });
    if (known < 2) throw notFound("customer");
    await keepApart(tx, oneId, otherId);
    await recordAudit(tx, {
      action: "customer.tell_apart",
      subjectType: "customer",
      subjectId: oneId,
      summary: "Said that two records are of two people",
      detail: { other: otherId },
    });
  });
}

/** The same as part of something else. */
export async function keepApart(tx: Tx, oneId: string, otherId: string): Promise<void> {
  await tx.db.$executeRaw`
    INSERT INTO customer_apart (merchant_id, one_id, other_id, at, actor)
    VALUES (${tx.merchantId}, LEAST(${oneId}::text, ${otherId}), GREATEST(${oneId}::text,
      ${otherId}), ${scopeNow(tx)}, ${tx.actor.label})
    ON CONFLICT DO NOTHING`;
}
