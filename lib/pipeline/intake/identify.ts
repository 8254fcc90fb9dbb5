import { upsertPerson } from "../merge/commands";
import { systemNow } from "@/lib/core/time";
import { readEmail } from "@/lib/core/values/email";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { findCoupon } from "@/lib/rewards/commands";
import type { Decision } from "../decide/decision";
import type { StoredEvent } from "./stored-event";

/** The customer behind an event. */
export type Identified = {
  customerId: string;
  /** The event told something of them that others share: referrals are to be looked at again. */
  isNoted: boolean;
  /** Others share a key or a browser of theirs: what they buy may concern others' referrals. */
  shares: boolean;
  /** The event made them known. */
  created: boolean;
};

/**
 * Finds the customer behind an event: whom it names, else whose browser it came from, else whose
 * coupon it used. Customers it names are created; what a web page says changes no known customer.
 * @returns the customer, or null while nobody is known
 */
export async function identify(
  scope: Scope,
  event: StoredEvent,
  decisions: Decision[],
): Promise<Identified | null> {
  const { customer, visitorId } = event.body;
  if (event.source === "refer" && event.advocateId)
    return asKnown(await customerOfAdvocate(scope, event.advocateId));
  if (customer?.id || customer?.email) {
    const { customer: known, ...said } = await upsertPerson(scope, {
      ...(customer.id && { externalId: customer.id }),
      ...readableEmail(customer, decisions),
      ...(customer.name && { name: customer.name }),
      ...(customer.traits && { traits: customer.traits }),
      ...(event.body.context?.locale && { locale: event.body.context.locale }),
      visitorId: visitorId ?? null,
      seenAt: event.occurredAt,
      isUnproven: event.source === "browser",
    });
    for (const note of said.notes)
      decisions.push({ code: `customer_${note}`, message: NOTE_WORDS[note] });
    if (said.isNewBrowser) await requeueEvents(scope, visitorId!);
    return {
      customerId: known.id,
      isNoted: said.isNoted,
      shares: known.shares || said.isNoted,
      created: said.created,
    };
  }
  return asKnown(
    (await customerOfVisitor(scope, visitorId)) ??
      (await customerOfCoupon(scope, event.body.order?.discountCode)),
  );
}

/**
 * Events that were taken in before addresses were read at the door may have one that nobody can
 * read: beside an id it costs nothing.
 */
function readableEmail(
  { id, email }: NonNullable<StoredEvent["body"]["customer"]>,
  decisions: Decision[],
): { email?: string } {
  if (!email) return {};
  if (!id || readEmail(email) !== null) return { email };
  const message = "The email address cannot be read and was left out.";
  decisions.push({ code: "customer_email_left_out", message });
  return {};
}

/** Who is known by a browser or a coupon says nothing new, and may share anything. */
function asKnown(customerId: string | null): Identified | null {
  return customerId === null ? null : { customerId, isNoted: false, shares: true, created: false };
}

/**
 * Puts events of a browser back into the inbox that were processed before its owner was known.
 * Otherwise an order sent before the sign-up would be lost, and one sent after it would not.
 */
async function requeueEvents(scope: Scope, visitorId: string): Promise<void> {
  const now = systemNow();
  await inScope(
    scope,
    (db) => db.$executeRaw`
    WITH unknown AS (
      DELETE FROM event_outcome o USING event e
      WHERE e.merchant_id = ${scope.merchantId} AND e.visitor_id = ${visitorId}
        AND e.source NOT IN ('click', 'refer')
        AND o.merchant_id = e.merchant_id AND o.event_id = e.id AND o.customer_id IS NULL
        AND NOT o.decisions @> '[{"code": "discarded"}]'
        AND NOT o.decisions @> '[{"code": "corrected"}]'
      RETURNING o.merchant_id, o.event_id
    )
    INSERT INTO event_inbox (merchant_id, event_id, queued_at, next_try_at)
    SELECT merchant_id, event_id, ${now}, ${now} FROM unknown`,
  );
}

const NOTE_WORDS = {
  email_taken: "The email address belongs to another customer and stays with them.",
  email_changed: "The customer's email address was changed.",
  external_id_linked: "A customer known by email address was given your id.",
  unproven: "A web page sent another id or email address. Only your server can change them.",
} as const;

/** On their own page customers need no name: the page knows whose it is. */
async function customerOfAdvocate(scope: Scope, advocateId: string): Promise<string | null> {
  const [row] = await inScope(
    scope,
    (db) => db.$queryRaw<{ customerId: string }[]>`
    SELECT COALESCE(c.merged_into_id, c.id) AS "customerId" FROM advocate a
    JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
    WHERE a.merchant_id = ${scope.merchantId} AND a.id = ${advocateId}`,
  );
  return row?.customerId ?? null;
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
