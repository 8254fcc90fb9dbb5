import { currencyAsset, type Money, parseMoney } from "@/lib/core/money";
import type { Scope } from "@/lib/merchants/scope";
import type { EventBody } from "@/lib/events/schema";
import { may, type Provenance } from "@/lib/merchants/rules/provenance";

/** An event as the pipeline reads it from the inbox. */
export type StoredEvent = {
  id: string;
  type: string;
  source: string;
  provenance: Provenance;
  occurredAt: Date;
  recordedAt: Date;
  visitorId: string | null;
  advocateId: string | null;
  /** The channel of a click's link. */
  channel: string | null;
  body: EventBody;
  /** A browser sent it, and it counts by the shop's own word: see `letCount`. */
  isAllowed?: boolean;
};

/** Reads an amount of an event's body, which was checked when the event was taken in. */
export function moneyOf(scope: Scope, text: string): Money {
  return parseMoney(text, currencyAsset(scope.currency));
}

/** Whether an event sends an order back. */
export function isRefund(event: Pick<StoredEvent, "type" | "provenance">): boolean {
  return event.type === "refund" && may(event, "order");
}

/** Whether an event may tie its customer to an advocate, or prove that they accepted. */
export function mayBringFriends(event: Pick<StoredEvent, "type" | "provenance">): boolean {
  return !isOnOwnPage(event) && (may(event, "tie") || may(event, "accept"));
}

/** Whether it says that a friend answered the email about an invitation. */
export function isInviteAnswer(event: Pick<StoredEvent, "type" | "provenance">): boolean {
  return event.type === "invite_answer" && may(event, "accept");
}

/**
 * What customers do on their own page says nothing about who invited them, and is nobody's goal.
 */
export function isOnOwnPage({ type }: Pick<StoredEvent, "type">): boolean {
  return type === "share" || type === "join" || type === "program_view";
}
