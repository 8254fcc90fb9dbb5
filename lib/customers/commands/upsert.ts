import type { Db, Prisma } from "@/lib/core/db";
import { readEmail } from "@/lib/core/values/email";
import { DomainError, isUniqueViolation } from "@/lib/core/errors";
import { matchLocale } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { readId } from "@/lib/core/values/own-id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Customer } from "@/prisma/generated/client";
import { emailIdentity } from "../rules/email";
import { planUnproven, planUpsert, type UpsertNote, type WantedKeys } from "../rules/upsert";
import type { CustomerInput } from "../schema";

type UpsertResult = { customer: Customer; created: boolean; notes: UpsertNote[] };

type Scoped = Scope & { db: Db };

/**
 * Finds the customer who is meant, or makes one, and adds what is new about them. Safe when the
 * same person arrives many times at once. The merchant's id wins over the address; an address is
 * never taken from another customer, the notes say so instead.
 * @throws DomainError invalid_request (path customer.email, or customer) for an address that is
 * none, or no key at all
 */
export async function upsertCustomer(scope: Scope, input: CustomerInput): Promise<UpsertResult> {
  const wanted = wantedKeys(input);
  return inScope(scope, async (_, scope) => {
    // Each round sees what others committed meanwhile; a key can be snatched away only so often.
    for (let round = 0; round < 5; round += 1) {
      const found = await find(scope, wanted);
      const plan = input.isUnproven
        ? planUnproven(planUpsert(found, wanted))
        : planUpsert(found, wanted);
      if (plan.do === "create") {
        const customer = await create(scope, plan.keys, input);
        if (customer) return { customer, created: true, notes: plan.notes };
        continue;
      }
      const meant = plan.id === found.byExternalId?.id ? found.byExternalId : found.byEmail;
      if (input.isUnproven) return { customer: meant!, created: false, notes: plan.notes };
      const customer = await setKeys(scope, meant!, plan.set);
      if (customer)
        return {
          customer: await addFacts(scope, customer, input),
          created: false,
          notes: plan.notes,
        };
    }
    throw new DomainError(
      "conflict",
      "This customer is being updated by other requests. Try again.",
      "customer",
    );
  });
}

function wantedKeys(input: CustomerInput): WantedKeys {
  const email = input.email ? readEmail(input.email) : null;
  if (input.email && !email)
    throw new DomainError("invalid_request", "This is not an email address.", "customer.email");
  const externalId = input.externalId ? readId(input.externalId) : null;
  if (!email && !externalId) {
    throw new DomainError(
      "invalid_request",
      "A customer needs an id or an email address.",
      "customer",
    );
  }
  return { externalId, email };
}

async function find({ db, merchantId }: Scoped, { externalId, email }: WantedKeys) {
  const rows = await db.customer.findMany({
    where: {
      merchantId,
      OR: [...(externalId ? [{ externalId }] : []), ...(email ? [{ email }] : [])],
    },
  });
  return {
    byExternalId: rows.find((row) => externalId !== null && row.externalId === externalId) ?? null,
    byEmail: rows.find((row) => email !== null && row.email === email) ?? null,
  };
}

/** Null when someone else made the same customer first. */
async function create(
  scope: Scoped,
  keys: WantedKeys,
  input: CustomerInput,
): Promise<Customer | null> {
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
  return customer ?? null;
}

/**
 * Gives a customer a key. Null when another customer has it by now; the transaction stays usable.
 */
async function setKeys(
  { db, merchantId }: Scoped,
  customer: Customer,
  set: Partial<WantedKeys>,
): Promise<Customer | null> {
  if (Object.keys(set).length === 0) return customer;
  await db.$executeRaw`SAVEPOINT customer_keys`;
  let changed: Customer;
  try {
    changed = await db.customer.update({
      where: { merchantId_id: { merchantId, id: customer.id } },
      data: { ...set, ...identityOf(set) },
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await db.$executeRaw`ROLLBACK TO SAVEPOINT customer_keys`;
    return null;
  }
  await db.$executeRaw`RELEASE SAVEPOINT customer_keys`;
  return changed;
}

/**
 * The inbox behind a new address, kept beside it so that one person's several addresses are
 * found.
 */
function identityOf({ email }: Partial<WantedKeys>): { emailIdentity?: string } {
  return email ? { emailIdentity: emailIdentity(email) } : {};
}

/**
 * Adds what is new; the statement reads what it changes, so facts that arrive at once are all kept.
 */
async function addFacts(
  { db, merchantId }: Scoped,
  customer: Customer,
  input: CustomerInput,
): Promise<Customer> {
  const name = input.name?.trim() || null;
  const locale = localeOf(input);
  const traits = input.traits ?? {};
  const known = customer.traits as Record<string, unknown>;
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
  return db.customer.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: customer.id } },
  });
}

/** A language that we have, else null: what we cannot write in is not worth remembering. */
function localeOf({ locale }: CustomerInput): string | null {
  return locale ? matchLocale(locale) : null;
}
