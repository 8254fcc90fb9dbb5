import { notFound } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { openMasked } from "../rules/details";
import { endDestination } from "./end-destination";
import { tellOfChange } from "./tell-of-change";

type Removal = { customerId: string; programSlug: string | null };

/**
 * A customer removes their payout details: nothing is paid to them any more. It needs no
 * confirmation, since it leads money nowhere; what they give next counts as a change.
 * @throws DomainError not_found where there are none
 */
export async function removeDestination(scope: Scope, input: Removal): Promise<void> {
  await remove(scope, input, "Removed their payout details");
}

/**
 * Staff remove a customer's payout details: somebody else may have given them.
 * @throws DomainError forbidden; not_found where there are none
 */
export async function discardDestination(
  scope: Scope,
  { customerId }: { customerId: string },
): Promise<void> {
  requirePermission(scope, "payout.manage");
  const advocate = await inScope(scope, ({ db, merchantId }) =>
    db.advocate.findFirst({
      where: { merchantId, customerId },
      orderBy: { id: "asc" },
      select: { program: { select: { slug: true } } },
    }),
  );
  const programSlug = advocate?.program.slug ?? null;
  await remove(scope, { customerId, programSlug }, "Removed a customer’s payout details");
}

async function remove(
  scope: Scope,
  { customerId, programSlug }: Removal,
  summary: string,
): Promise<void> {
  await inScope(scope, async (tx) => {
    const { db, merchantId, lock } = tx;
    await lock.customers(customerId);
    await db.payoutDestination.deleteMany({ where: { merchantId, customerId, confirmedAt: null } });
    const ended = await endDestination(tx, customerId);
    if (!ended) throw notFound("payout details");
    const before = openMasked(ended);
    await recordAudit(tx, {
      action: "payout_details.remove",
      subjectType: "customer",
      subjectId: customerId,
      summary,
      detail: { destination: ended.id, kind: ended.kind, masked: before },
    });
    await tellOfChange(tx, {
      customerId,
      programSlug,
      causeRef: `${ended.id}:removed`,
      formerEmail: ended.email,
      before,
      after: null,
      usableFrom: null,
    });
  });
}
