import { emailIdentity, readEmail } from "@/lib/core/values/email";
import { readId } from "@/lib/core/values/own-id";
import { phoneIdentity, readPhone } from "@/lib/core/values/phone";

export type KeyKind = "id" | "email" | "phone";

/** Who vouches for what identifies a customer, and the words for it. */
const KEY_PROOFS = {
  server: "Your server named them by it",
  handover: "Your server signed them in with it",
  email: "They answered an email to it",
  staff: "Your team confirmed it",
  before: "It was theirs before proofs were kept",
} as const;
export type KeyProof = keyof typeof KEY_PROOFS;

/** The words for a stored proof; null while it is only claimed. */
export function keyProofWords(by: string | null): string {
  const words: Readonly<Record<string, string>> = KEY_PROOFS;
  return by === null ? "Claimed: nobody has vouched for it" : (words[by] ?? by);
}

/** What was said to identify a person: as it is compared, and as its reader gave it. */
export type SaidKey = { kind: KeyKind; value: string; said: string };

/** What several customers may share: their keys, the browsers they were seen in, a shop's id. */
export type Shareable = { kind: KeyKind | "browser"; value: string };

/** The name under which it is locked: see `Locks.shared`. */
export function sharedName(merchantId: string, { kind, value }: Shareable): string {
  return `${merchantId} ${kind} ${value}`;
}

/** Traits under which shops send what identifies a person. */
const EMAIL_TRAITS = ["email", "emailAddress", "email_address"];
const PHONE_TRAITS = [
  "phone",
  "phoneNumber",
  "phone_number",
  "mobile",
  "mobileNumber",
  "mobile_number",
  "telephone",
  "tel",
  "whatsapp",
];
/** More than this says nothing about who somebody is. */
const MOST_KEYS = 10;

/**
 * Everything that an input says to identify a person: the shop's own id, the address, also where it
 * belongs to another customer, and addresses and phone numbers among the traits. What cannot be
 * read is left out.
 */
export function saidKeys(input: {
  externalId?: string | null;
  email?: string | null;
  traits?: Record<string, unknown> | null;
}): SaidKey[] {
  const traits = Object.entries(input.traits ?? {});
  const texts = (names: readonly string[]) =>
    traits.flatMap(([name, value]) =>
      names.includes(name) && (typeof value === "string" || typeof value === "number")
        ? [String(value)]
        : [],
    );
  const emails = [...(input.email ? [input.email] : []), ...texts(EMAIL_TRAITS)].flatMap((text) => {
    const said = readEmail(text);
    return said === null ? [] : [{ kind: "email" as const, value: emailIdentity(said), said }];
  });
  const phones = texts(PHONE_TRAITS).flatMap((text) => {
    const said = readPhone(text);
    return said === null ? [] : [{ kind: "phone" as const, value: phoneIdentity(said), said }];
  });
  const id = input.externalId ? readId(input.externalId) : null;
  const ids = id === null ? [] : [{ kind: "id" as const, value: id, said: id }];
  const unique = new Map(
    [...ids, ...emails, ...phones].map((key) => [`${key.kind} ${key.value}`, key]),
  );
  return [...unique.values()].slice(0, MOST_KEYS);
}
