import { readEmail } from "@/lib/core/values/email";
import { DomainError } from "@/lib/core/errors";
import { readId } from "@/lib/core/values/own-id";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { findNamed, type Named, type NamedCustomer } from "../queries/named";
import { saidKeys } from "../rules/keys";
import { planUnproven, planUpsert, type UpsertNote, type WantedKeys } from "../rules/upsert";
import type { CustomerInput } from "../schema";
import { linkVisitor } from "./consent";
import { lockShared, rememberKeys } from "./keys";
import { addFacts, createCustomer, setKeys } from "./write-customer";

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
  scope: Tx,
  found: Awaited<ReturnType<typeof findNamed>>,
  wanted: WantedKeys,
  input: CustomerInput,
): Promise<Stored | null> {
  const planned = planUpsert(found, wanted);
  const plan = input.isUnproven ? planUnproven(planned) : planned;
  const { notes } = plan;
  if (plan.do === "create") {
    const customer = await createCustomer(scope, plan.keys, input);
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
  scope: Tx,
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
