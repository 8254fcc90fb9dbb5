import { DomainError } from "@/lib/core/errors";
import { readEmail } from "@/lib/core/values/email";
import { type Asked, readSaid, type Said } from "@/lib/customers/rules/asked";
import type { KeyProof } from "@/lib/customers/rules/keys";
import { may } from "@/lib/merchants/rules/provenance";
import type { Decision } from "../../decide/decision";
import { isInviteAnswer, isRefund, type StoredEvent } from "../stored-event";

/** What an event tells of people. */
export type Told = {
  asked: Asked;
  /** What was left out of it. */
  decisions: Decision[];
  /** Why nobody can be meant: what the event names them by cannot be read. */
  refused: DomainError | null;
};

/** An event never changes, and is asked when people are locked, read and decided about. */
const told = new WeakMap<StoredEvent, Told>();

/**
 * Reads whom an event is about: whom it names, else whose browser it came from, else whose coupon
 * it used; on an advocate's own page the page knows, and a refund is about whose order it was.
 */
export function toldBy(event: StoredEvent): Told {
  const known = told.get(event) ?? readTold(event);
  told.set(event, known);
  return known;
}

function readTold(event: StoredEvent): Told {
  const { type, source, advocateId, occurredAt, visitorId, body } = event;
  const alone = (asked: Partial<Asked>): Told => ({
    asked: { said: null, ...asked },
    decisions: [],
    refused: null,
  });
  if (isRefund(event)) return alone({ orderId: body.refund?.orderId ?? null });
  if (source === "refer" && advocateId) return alone({ advocateId });
  const discountCode = body.order?.discountCode ?? null;
  const others: Omit<Asked, "said"> = {
    discountCode,
    orderId: type === "purchase" && may(event, "order") ? (body.order?.id ?? null) : null,
    mayTie:
      isInviteAnswer(event) ||
      (may(event, "tie") &&
        Boolean(body.code || body.clickId || body.visitorId || visitorId || discountCode)),
  };
  const { customer } = body;
  if (!customer?.id && !customer?.email)
    return alone({ ...others, lastSeenIn: body.visitorId ?? null });
  const isUnreadable = Boolean(customer.id && customer.email && !readEmail(customer.email));
  try {
    // Whom nobody vouches for is what was typed, an address: no pair of it and an id is one record.
    const isTyped = may(event, "identify") && !may(event, "prove");
    const said = readSaid({
      externalId: isTyped ? null : customer.id,
      email: isUnreadable ? null : customer.email,
      name: customer.name,
      traits: customer.traits,
      locale: body.context?.locale,
      visitorId: body.visitorId,
      seenAt: occurredAt,
      provenBy: may(event, "prove") ? voucherOf(event) : null,
    });
    const decisions = isUnreadable ? [EMAIL_LEFT_OUT] : [];
    const asked = may(event, "identify")
      ? { said, ...others }
      : { ...touching(said), lastSeenIn: body.visitorId ?? null };
    return { asked, decisions, refused: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...alone({}), refused: error };
  }
}

function voucherOf({ provenance }: StoredEvent): KeyProof | null {
  return provenance === "browser" ? null : provenance;
}

/** A touch: it leads to whom it names, if they are known, and tells nothing of them. */
function touching({ externalId, email, seenAt }: Said): Pick<Asked, "said" | "isTouch"> {
  return { said: readSaid({ externalId, email, seenAt, provenBy: null }), isTouch: true };
}

/**
 * Events that were taken in before addresses were read at the door may have one that nobody can
 * read: beside an id it costs nothing.
 */
const EMAIL_LEFT_OUT: Decision = {
  code: "customer_email_left_out",
  message: "The email address cannot be read and was left out.",
};
