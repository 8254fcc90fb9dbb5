import type { Prisma } from "@/lib/core/db";
import { emailIdentity } from "@/lib/core/values/email";
import { isUniqueViolation } from "@/lib/core/errors";
import { matchLocale } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { NamedCustomer } from "../queries/named";
import type { WantedKeys } from "../rules/upsert";
import type { CustomerInput } from "../schema";

/** Returns null if another transaction created the same customer first. */
export async function createCustomer(
  scope: Tx,
  keys: WantedKeys,
  input: CustomerInput,
): Promise<NamedCustomer | null> {
  const now = scopeNow(scope);
  const [customer] = await scope.db.customer.createManyAndReturn({
    data: [
      {
        merchantId: scope.merchantId,
        id: newId("cus"),
        ...keys,
        ...identityOf(keys),
        name: input.name?.trim() || null,
        locale: localeOf(input),
        traits: (input.traits ?? {}) as Prisma.InputJsonObject,
        createdAt: now,
        firstSeenAt: input.seenAt,
      },
    ],
    skipDuplicates: true,
  });
  return customer ? namedBy(customer, false) : null;
}

/** Sets a key. Returns null if another customer has it by now; the transaction stays usable. */
export async function setKeys(
  { db, merchantId }: Tx,
  customer: NamedCustomer,
  set: Partial<WantedKeys>,
): Promise<NamedCustomer | null> {
  if (Object.keys(set).length === 0) return customer;
  await db.$executeRaw`SAVEPOINT customer_keys`;
  try {
    const changed = await db.customer.update({
      where: { merchantId_id: { merchantId, id: customer.id } },
      data: { ...set, ...identityOf(set) },
    });
    await db.$executeRaw`RELEASE SAVEPOINT customer_keys`;
    return namedBy(changed, customer.shares);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await db.$executeRaw`ROLLBACK TO SAVEPOINT customer_keys`;
    return null;
  }
}

/** The canonical form of a new address, stored to find several addresses of one person. */
function identityOf({ email }: Partial<WantedKeys>): { emailIdentity?: string } {
  return email ? { emailIdentity: emailIdentity(email) } : {};
}

/**
 * Adds what is new. The statement itself reads what it changes, so concurrent updates all survive.
 */
export async function addFacts(
  { db, merchantId }: Tx,
  customer: NamedCustomer,
  input: CustomerInput,
): Promise<NamedCustomer> {
  const name = input.name?.trim() || null;
  const locale = localeOf(input);
  const traits = input.traits ?? {};
  const { traits: known } = customer;
  const isNew =
    (name !== null && name !== customer.name) ||
    (locale !== null && locale !== customer.locale) ||
    input.seenAt < customer.firstSeenAt ||
    Object.entries(traits).some(
      ([key, value]) => JSON.stringify(known[key] ?? null) !== JSON.stringify(value),
    );
  if (!isNew) return customer;
  await db.$executeRaw`
    UPDATE customer SET
      name = COALESCE(${name}, name), locale = COALESCE(${locale}, locale),
      first_seen_at = LEAST(first_seen_at, ${input.seenAt}),
      traits = jsonb_strip_nulls(traits || ${JSON.stringify(traits)}::jsonb)
    WHERE merchant_id = ${merchantId} AND id = ${customer.id}`;
  const changed = await db.customer.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: customer.id } },
  });
  return namedBy(changed, customer.shares);
}

function namedBy(
  {
    id,
    externalId,
    email,
    name,
    locale,
    traits,
    firstSeenAt,
  }: Omit<NamedCustomer, "traits" | "shares"> & { traits: unknown },
  shares: boolean,
): NamedCustomer {
  return {
    id,
    externalId,
    email,
    name,
    locale,
    traits: traits as NamedCustomer["traits"],
    firstSeenAt,
    shares,
  };
}

/** The language if it is supported, else null: then the one on record stays. */
function localeOf({ locale }: CustomerInput): string | null {
  return locale ? matchLocale(locale) : null;
}
