import type { Db, Prisma } from "@/lib/core/db";
import { emailIdentity, readEmail } from "@/lib/core/values/email";
import { DomainError, isUniqueViolation } from "@/lib/core/errors";
import { matchLocale } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { readId } from "@/lib/core/values/own-id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { findNamed, type Named, type NamedCustomer } from "../queries/named";
import { saidKeys } from "../rules/keys";
import { planUnproven, planUpsert, type UpsertNote, type WantedKeys } from "../rules/upsert";
import type { CustomerInput } from "../schema";
import { linkVisitor } from "./consent";
import { lockShared, rememberKeys } from "./keys";

type UpsertResult = {
  customer: NamedCustomer;
  created: boolean;
  notes: UpsertNote[];
  /** True if this browser was not linked to them before. */
  isNewBrowser: boolean;
  /** True if they turned out to share an identifier with others; that has been noted. */
  isNoted: boolean;
  /**
   * A second record that the request names by address, beside the one it names by id. The two are
   * to be merged; until then nothing is written to either.
   */
  alsoNamed: string | null;
};

type Scoped = Scope & { db: Db };

/**
 * Finds the customer that the input identifies, or creates one, and adds what is new about them.
 * Safe if the same person arrives many times at once. The merchant's id takes precedence over the
 * address. An address is never moved from another customer; the notes say so instead. Every
 * identifier is recorded, so that one person under several ids is noticed (see `rememberKeys`).
 * @throws DomainError invalid_request (path customer.email, or customer) for an invalid address, or
 * neither id nor address
 */
export async function upsertCustomer(scope: Scope, input: CustomerInput): Promise<UpsertResult> {
  const wanted = wantedKeys(input);
  return inScope(scope, async (_, scope) => {
    const named = {
      ...wanted,
      said: saidKeys(input),
      isProven: !input.isUnproven,
      visitorId: input.visitorId ?? null,
    };
    let found = await findNamed(scope, named);
    const isNews = !found.isAllKnown;
    if (isNews) {
      await lockShared(scope, found.shared);
      found = await findNamed(scope, named);
    }
    // Each round sees what others have committed; a key can be taken in between only a few times.
    for (let round = 0; round < 5; round += 1) {
      const stored = await store(scope, found, wanted, input);
      if (stored) return { ...stored, ...(await remember(scope, stored, named, input, isNews)) };
      found = await findNamed(scope, named);
    }
    throw new DomainError(
      "conflict",
      "This customer is being updated by other requests. Try again.",
      "customer",
    );
  });
}

type Stored = Pick<UpsertResult, "customer" | "created" | "notes" | "alsoNamed">;

/** Returns null if another transaction took a key first. */
async function store(
  scope: Scoped,
  found: Awaited<ReturnType<typeof findNamed>>,
  wanted: WantedKeys,
  input: CustomerInput,
): Promise<Stored | null> {
  const planned = planUpsert(found, wanted);
  const plan = input.isUnproven ? planUnproven(planned) : planned;
  const { notes } = plan;
  if (plan.do === "create") {
    const customer = await create(scope, plan.keys, input);
    return customer && { customer, created: true, notes, alsoNamed: null };
  }
  const meant = plan.id === found.byExternalId?.id ? found.byExternalId : found.byEmail;
  const alsoNamed = plan.alsoNamed ?? null;
  if (input.isUnproven || alsoNamed) return { customer: meant!, created: false, notes, alsoNamed };
  const customer = await setKeys(scope, meant!, plan.set);
  return (
    customer && {
      customer: await addFacts(scope, customer, input),
      created: false,
      notes,
      alsoNamed,
    }
  );
}

/** Keeps what was said and where they were seen. */
async function remember(
  scope: Scoped,
  { customer, created }: Stored,
  { said: keys, isProven, visitorId }: Named,
  { seenAt }: CustomerInput,
  isNews: boolean,
): Promise<Pick<UpsertResult, "isNewBrowser" | "isNoted">> {
  const isNewBrowser =
    visitorId !== null &&
    (await linkVisitor(scope, { customerId: customer.id, visitorId, at: seenAt }));
  if (!isNews || (keys.length === 0 && visitorId === null)) return { isNewBrowser, isNoted: false };
  // A new record is what it was made of; who was known before is not changed by a web page.
  const isOwn = created && keys[0]?.said === customer.email;
  const isNoted = await rememberKeys(scope, customer.id, {
    keys,
    visitorId,
    isProven: isProven || isOwn,
    seenAt,
  });
  return { isNewBrowser, isNoted };
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

/** Returns null if another transaction created the same customer first. */
async function create(
  scope: Scoped,
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
async function setKeys(
  { db, merchantId }: Scoped,
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
async function addFacts(
  { db, merchantId }: Scoped,
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
