import { readId } from "@/lib/core/values/own-id";
import { type Balances, balancesOf } from "@/lib/ledger/queries/balances";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { type Advocacy, customerByRef, customerDetails } from "./customers";
import type { CustomerRow } from "./list-customers";

/** All that the API returns about one customer. */
export type CustomerRecord = Omit<CustomerRow, "advocacies"> & {
  traits: Record<string, unknown>;
  advocacies: Advocacy[];
  balances: Balances[];
};

/**
 * Finds a customer by the merchant's own id, else by ours, with their codes and balances.
 * @throws DomainError not_found
 */
export async function customerRecord(scope: Scope, ref: string): Promise<CustomerRecord> {
  return inScope(scope, async (tx) => {
    const { id } = await customerByRef(tx, ref);
    const { consents: _, advocacies, traits, ...customer } = await customerDetails(tx, id);
    const broughtBy = await tx.db.referral.findFirst({
      where: { merchantId: tx.merchantId, friendId: id },
      select: { id: true },
    });
    return {
      ...customer,
      advocacies,
      traits: traits as Record<string, unknown>,
      balances: await balancesOf(tx, id),
      referred: broughtBy !== null,
    };
  });
}

/**
 * The keys of the customer that a request names. Its id may be the merchant's own or ours; one of
 * ours is replaced by the keys of that customer.
 */
export async function keysOf(
  scope: Scope,
  named: { id?: string; email?: string },
): Promise<{ externalId?: string; email?: string }> {
  const id = named.id ? readId(named.id) : null;
  const asGiven = {
    ...(id && { externalId: id }),
    ...(named.email && { email: named.email }),
  };
  if (!id?.startsWith("cus_")) return asGiven;
  const { merchantId } = scope;
  const known = await inScope(scope, async ({ db }) =>
    (await db.customer.findUnique({
      where: { merchantId_externalId: { merchantId, externalId: id } },
      select: { id: true },
    }))
      ? null
      : db.customer.findUnique({
          where: { merchantId_id: { merchantId, id } },
          select: { externalId: true, email: true, mergedIntoId: true },
        }),
  );
  if (!known) return asGiven;
  if (known.mergedIntoId !== null) return keysOf(scope, { ...named, id: known.mergedIntoId });
  return {
    ...(known.externalId && { externalId: known.externalId }),
    ...(known.email && { email: known.email }),
    ...(named.email && { email: named.email }),
  };
}
