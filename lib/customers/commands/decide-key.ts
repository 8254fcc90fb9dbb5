import { z } from "zod";
import { DomainError, notFound } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { emailIdentity } from "@/lib/core/values/email";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { sharedName } from "../rules/keys";

export const decideKeySchema = z.object({
  customerId: z.string().min(1).max(40),
  kind: z.enum(["id", "email", "phone"]),
  value: z.string().min(1).max(400),
});
type Decided = z.output<typeof decideKeySchema>;

/**
 * Says that a key is its customer's: staff vouch for it from now on.
 * @throws DomainError not_found; conflict where nobody asks, since it is proven
 */
export async function confirmKey(scope: Scope, key: Decided): Promise<void> {
  requirePermission(scope, "customer.merge");
  await inScope(scope, async (tx) => {
    const where = await lockOpenKey(tx, key);
    const proof = { proven: true, provenBy: "staff", provenAt: scopeNow(tx) };
    const { said } = await tx.db.customerKey.update({ where, data: { ...proof, doubtedAt: null } });
    await recordAudit(tx, {
      action: "customer.confirm_key",
      subjectType: "customer",
      subjectId: key.customerId,
      summary: `Confirmed that ${said} is the customer’s`,
      detail: { kind: key.kind },
    });
  });
}

/**
 * Takes a key off a customer: it leads to them no more, nor does what was signed in by it. Orders,
 * rewards and referrals stay where they are.
 * @throws DomainError as `confirmKey`
 */
export async function takeOffKey(scope: Scope, key: Decided): Promise<void> {
  requirePermission(scope, "customer.merge");
  await inScope(scope, async (tx) => {
    const where = await lockOpenKey(tx, key);
    const { said } = await tx.db.customerKey.delete({ where });
    const { merchantId } = tx;
    // A record that was merged keeps what led to it.
    const records = { OR: [{ id: key.customerId }, { mergedIntoId: key.customerId }] };
    if (key.kind === "email")
      await tx.db.customer.updateMany({
        where: { merchantId, emailIdentity: key.value, ...records },
        data: { email: null, emailIdentity: null },
      });
    if (key.kind === "id")
      await tx.db.customer.updateMany({
        where: { merchantId, externalId: key.value, ...records },
        data: { externalId: null },
      });
    const ended = await endSessionsOn(tx, key);
    await recordAudit(tx, {
      action: "customer.take_off_key",
      subjectType: "customer",
      subjectId: key.customerId,
      summary: `Removed ${said} from a customer`,
      detail: { kind: key.kind, sessionsEnded: ended },
    });
  });
}

/** Locks a key that is doubted or only claimed, with its customer. */
async function lockOpenKey(tx: Tx, { customerId, kind, value }: Decided) {
  const { merchantId } = tx;
  await tx.lock.shared([sharedName(merchantId, { kind, value })]);
  await tx.lock.customers(customerId);
  const where = {
    merchantId_kind_value_customerId: { merchantId, kind, value, customerId },
  };
  const known = await tx.db.customerKey.findUnique({ where });
  if (!known) throw notFound("key");
  if (known.proven && known.doubtedAt === null)
    throw new DomainError("conflict", "This is proven: there is nothing to decide.");
  return where;
}

/**
 * Ends the sessions that rest on a key: of an address those that its link began, of the shop's id
 * those in which the shop's server named it. @returns how many
 */
async function endSessionsOn(tx: Tx, { customerId, kind, value }: Decided): Promise<number> {
  if (kind === "phone") return 0;
  const { merchantId } = tx;
  const open = await tx.db.customerSession.findMany({
    where: {
      merchantId,
      expiresAt: { gt: systemNow() },
      customer: { OR: [{ id: customerId }, { mergedIntoId: customerId }] },
    },
    select: { id: true, email: true, keyId: true },
  });
  const resting = open.filter(({ email, keyId }) =>
    kind === "id" ? keyId !== null : email !== null && emailIdentity(email) === value,
  );
  const id = { in: resting.map((session) => session.id) };
  return (await tx.db.customerSession.deleteMany({ where: { merchantId, id } })).count;
}
