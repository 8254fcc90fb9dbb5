import { readShareCode } from "@/lib/core/values/code";
import { readEmail } from "@/lib/core/values/email";
import type { Asset } from "@/lib/core/money";
import { type EventBody, type EventInput, type JsonValue, MAX_FREE_LENGTH } from "../schema";
import { withinBounds } from "./free-json";
import { namesSomebody, type Tell } from "./read-leniently";
import { readOrder, readRefund } from "./read-order";
import { Refused } from "./refusal";

/**
 * The same facts in one spelling and one order of fields, so that the same content always makes the
 * same text.
 * @param tell hears what was left out or cut
 */
export function normalise(event: EventInput, asset: Asset, tell: Tell): EventBody {
  const { customer, order, refund, context } = event;
  const traits = free(customer?.traits, "customer.traits", MAX_FREE_LENGTH, tell);
  const properties = free(event.properties, "properties", MAX_FREE_LENGTH - traits.length, tell);
  return {
    id: event.id ?? undefined,
    type: event.type,
    occurredAt: event.occurredAt ? new Date(event.occurredAt).toISOString() : undefined,
    customer: customer
      ? {
          id: customer.id ?? undefined,
          email: customer.email ? emailOf(customer.email, event, tell) : undefined,
          name: customer.name ?? undefined,
          traits: traits.value,
        }
      : undefined,
    visitorId: event.visitorId ?? undefined,
    clickId: event.clickId ?? undefined,
    code: event.code ? codeOf(event.code) : undefined,
    order: order ? readOrder(order, asset) : undefined,
    refund: refund ? readRefund(refund, asset) : undefined,
    context: context ? readContext(context) : undefined,
    properties: properties.value,
  };
}

function readContext(
  context: NonNullable<EventInput["context"]>,
): NonNullable<EventBody["context"]> {
  return {
    channel: context.channel ?? undefined,
    source: context.source ?? undefined,
    medium: context.medium ?? undefined,
    campaign: context.campaign ?? undefined,
    term: context.term ?? undefined,
    content: context.content ?? undefined,
    referrer: context.referrer ?? undefined,
    url: context.url ?? undefined,
    device: context.device ?? undefined,
    locale: context.locale ?? undefined,
    country: context.country?.toUpperCase(),
  };
}

/** A free-form part within its bounds, and how long it is; left out when it is too long. */
function free(
  value: object | null | undefined,
  path: string,
  most: number,
  tell: Tell,
): { value: { [key: string]: JsonValue } | undefined; length: number } {
  if (!value) return { value: undefined, length: 0 };
  const bounded = withinBounds(value, path, ({ how, ...misfit }) => tell({ code: how, ...misfit }));
  const { length } = JSON.stringify(bounded);
  if (length <= most) return { value: bounded, length };
  const message = `Traits and properties have at most ${MAX_FREE_LENGTH} characters together.`;
  tell({ code: "left_out", message, path });
  return { value: undefined, length: 0 };
}

/**
 * A person is known by it later. What nobody could ever read as one is refused, unless the event
 * says in another way whom it is about.
 */
function emailOf(text: string, event: EventInput, tell: Tell): string | undefined {
  const email = readEmail(text);
  if (email !== null) return email;
  const [message, path] = ["This is not an email address.", "customer.email"];
  const others = { ...event, customer: { ...event.customer, email: undefined } };
  if (!namesSomebody(others)) throw new Refused("invalid_request", message, path);
  tell({ code: "left_out", message, path });
  return undefined;
}

/** What cannot be a code is kept as it was said: it ties nobody, and its event still counts. */
function codeOf(text: string): string | undefined {
  return readShareCode(text) ?? (text.trim().toUpperCase() || undefined);
}
