import { DomainError } from "@/lib/core/errors";
import { matchLocale } from "@/lib/core/i18n/locales";
import { readCode } from "@/lib/core/values/code";
import { readEmail } from "@/lib/core/values/email";
import { readId } from "@/lib/core/values/own-id";
import type { CustomerInput } from "../schema";
import { type KeyProof, type SaidKey, saidKeys, type Shareable, sharedName } from "./keys";
import type { WantedKeys } from "./upsert";

/** What a source says of a person whom it names, as the readers of its parts gave it. */
export type Said = WantedKeys & {
  /** Everything that identifies them. */
  keys: readonly SaidKey[];
  name: string | null;
  /** A language of ours; null leaves the one on record. */
  locale: string | null;
  traits: Record<string, unknown>;
  /** The browser they were seen in. */
  visitorId: string | null;
  seenAt: Date;
  /** Who vouches for it: what was only claimed before is proven by it. Null where nobody does. */
  provenBy: KeyProof | null;
};

/**
 * Reads what is said of a customer.
 * @throws DomainError invalid_request (path customer.email, or customer) for an invalid address, or
 * neither id nor address
 */
export function readSaid(input: CustomerInput): Said {
  const email = input.email ? readEmail(input.email) : null;
  if (input.email && !email)
    throw new DomainError("invalid_request", "This is not an email address.", "customer.email");
  const externalId = input.externalId ? readId(input.externalId) : null;
  if (!email && !externalId) {
    const message = "A customer needs an id or an email address.";
    throw new DomainError("invalid_request", message, "customer");
  }
  return {
    externalId,
    email,
    keys: saidKeys({ ...input, externalId }),
    name: input.name?.trim() || null,
    locale: input.locale ? matchLocale(input.locale) : null,
    traits: input.traits ?? {},
    visitorId: input.visitorId || null,
    seenAt: input.seenAt,
    provenBy: input.provenBy === undefined ? "server" : input.provenBy,
  };
}

/** Everything that one event or request names and that may lead to people. */
export type Asked = {
  said: Said | null;
  /** An advocate whose own page it comes from. */
  advocateId?: string | null;
  /** A browser that stands for whoever was seen in it last. */
  lastSeenIn?: string | null;
  discountCode?: string | null;
  orderId?: string | null;
  /** It may tie whom it is about to others, as their friend. */
  mayTie?: boolean;
  /** What it says of them is not believed: it only leads to whoever is known. */
  isTouch?: boolean;
};

/** What is asked, one row each, as the database reads it (see `goodword_people_meant`). */
export function askedRows(merchantId: string, asked: readonly Asked[]) {
  return asked.map(({ said, advocateId, lastSeenIn, discountCode, orderId, mayTie }, place) => ({
    place,
    externalId: said?.externalId ?? null,
    email: said?.email ?? null,
    keys: (said?.keys ?? []).map(({ kind, value }) => ({ kind, value })),
    browser: said?.visitorId ?? null,
    isProven: said != null && said.provenBy !== null,
    advocateId: advocateId ?? null,
    lastSeenIn: lastSeenIn ?? null,
    coupon: discountCode ? readCode(discountCode) : null,
    orderId: orderId ? (readId(orderId) ?? orderId) : null,
    mayTie: mayTie ?? false,
    names: shareablesOf({ said, lastSeenIn }).map((one) => sharedName(merchantId, one)),
  }));
}

/** What is said of somebody that others may come to share. */
function shareablesOf({ said, lastSeenIn }: Pick<Asked, "said" | "lastSeenIn">): Shareable[] {
  const browser = said?.visitorId ?? lastSeenIn;
  return [
    ...(said?.keys ?? []),
    ...(browser ? [{ kind: "browser" as const, value: browser }] : []),
  ];
}
