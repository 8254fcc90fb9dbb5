import { currencyAsset, type Money, parseMoney } from "@/lib/core/money";
import type { Scope } from "@/lib/merchants/scope";
import type { EventBody } from "@/lib/events/schema";

/** A stored event as the pipeline works on it. */
export type StoredEvent = {
  id: string;
  type: string;
  source: string;
  occurredAt: Date;
  recordedAt: Date;
  visitorId: string | null;
  advocateId: string | null;
  body: EventBody;
};

/** Amounts in bodies were checked when they were taken in; this reads them. */
export function moneyOf(scope: Scope, text: string): Money {
  return parseMoney(text, currencyAsset(scope.currency));
}

/** One decision of the pipeline, as stored with the event's outcome and shown on its page. */
export type Decision = { code: string; message: string; [detail: string]: unknown };
