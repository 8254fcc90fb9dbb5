import { linkVisitor, upsertCustomer } from "@/lib/customers/commands";
import { asLocale } from "@/lib/core/i18n/locales";
import { systemNow } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { findCoupon } from "@/lib/rewards/commands";
import type { Decision } from "../decide/decision";
import type { StoredEvent } from "./stored-event";

/**
 * Finds out who an event is about: the person it names; else the one whose browser it came from;
 * else the one whose coupon it used. Named people come into being here; a web page's word changes
 * none who are known.
 */
export async function identify(
  scope: Scope,
  event: StoredEvent,
  decisions: Decision[],
): Promise<string | null> {
  const { customer, visitorId } = event.body;
  if (event.source === "refer" && event.advocateId)
    return customerOfAdvocate(scope, event.advocateId);
  if (customer?.id || customer?.email) {
    const { customer: known, notes } = await upsertCustomer(scope, {
      ...(customer.id && { externalId: customer.id }),
      ...(customer.email && { email: customer.email }),
      ...(customer.name && { name: customer.name }),
      ...(customer.traits && { traits: customer.traits }),
      ...(event.body.context?.locale && { locale: asLocale(event.body.context.locale) }),
      seenAt: event.occurredAt,
      isUnproven: event.source === "browser",
    });
    for (const note of notes)
      decisions.push({ code: `customer_${note}`, message: NOTE_WORDS[note] });
    const isNewHere =
      visitorId !== undefined &&
      (await linkVisitor(scope, { customerId: known.id, visitorId, at: event.occurredAt }));
    if (isNewHere) await askAgain(scope, visitorId);
    return known.id;
  }
  return (
    (await customerOfVisitor(scope, visitorId)) ??
    (await customerOfCoupon(scope, event.body.order?.discountCode))
  );
}

/**
 * Puts what a browser did while nobody was known behind it back into the inbox: now somebody is.
 * Else an order that was sent before the sign-up would be lost, and one that was sent after it
 * would not.
 */
async function askAgain(scope: Scope, visitorId: string): Promise<void> {
  const now = systemNow();
  await inScope(
    scope,
    (db) => db.$executeRaw`
    WITH unknown AS (
      DELETE FROM event_outcome o USING event e
      WHERE e.merchant_id = ${scope.merchantId} AND e.visitor_id = ${visitorId} AND e.source NOT IN ('click', 'refer')
        AND o.merchant_id = e.merchant_id AND o.event_id = e.id AND o.customer_id IS NULL
      RETURNING o.merchant_id, o.event_id
    )
    INSERT INTO event_inbox (merchant_id, event_id, queued_at, next_try_at) SELECT merchant_id, event_id, ${now}, ${now} FROM unknown`,
  );
}

const NOTE_WORDS = {
  email_taken: "The address belongs to another customer, and stays with them.",
  email_changed: "The customer's address was changed.",
  external_id_linked: "A customer known by address got your id.",
  unproven:
    "A web page said another id or address of this customer. Only your server may change who they are.",
} as const;

/** On their own page a customer needs no name: the page knows whose it is. */
async function customerOfAdvocate(scope: Scope, advocateId: string): Promise<string | null> {
  const advocate = await inScope(scope, (db) =>
    db.advocate.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id: advocateId } },
      select: { customerId: true },
    }),
  );
  return advocate?.customerId ?? null;
}

async function customerOfVisitor(
  scope: Scope,
  visitorId: string | undefined,
): Promise<string | null> {
  if (!visitorId) return null;
  const link = await inScope(scope, (db) =>
    db.customerVisitor.findFirst({
      where: { merchantId: scope.merchantId, visitorId },
      orderBy: { linkedAt: "desc" },
      select: { customerId: true },
    }),
  );
  return link?.customerId ?? null;
}

async function customerOfCoupon(scope: Scope, code: string | undefined): Promise<string | null> {
  return code ? ((await findCoupon(scope, code))?.customerId ?? null) : null;
}
