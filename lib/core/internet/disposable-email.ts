import { disposableEmailBlocklistSet } from "disposable-email-domains-js";
import mailchecker from "mailchecker";

/**
 * Services that forward to their owner's own inbox under another address: one person's for good,
 * however much it looks like a throwaway. Some lists name them.
 */
const RELAYS = new Set([
  "privaterelay.appleid.com",
  "duck.com",
  "mozmail.com",
  "relay.firefox.com",
  // SimpleLogin, also under the name of Proton Pass.
  "simplelogin.com",
  "simplelogin.co",
  "simplelogin.fr",
  "simplelogin.io",
  "slmail.me",
  "slmails.com",
  "aleeas.com",
  "8alias.com",
  "8shield.net",
  "dralias.com",
  "silomails.com",
  "passmail.net",
  "passmail.com",
  "passinbox.com",
  "passfwd.com",
]);

/** Two lists that are kept independently of each other: one alone names too much. */
const LISTS: readonly ReadonlySet<string>[] = [
  mailchecker.blacklist(),
  disposableEmailBlocklistSet(),
];

/**
 * The domain of an address whose inbox is thrown away after use, as two independent lists say; null
 * for any other, and for the addresses of relays.
 * @param email as its reader gave it
 * @returns the domain that the lists name, which may be above the address's own
 */
export function disposableDomain(email: string): string | null {
  const domains = upwards(email.slice(email.lastIndexOf("@") + 1));
  if (domains.some((domain) => RELAYS.has(domain))) return null;
  const named = LISTS.map((list) => domains.find((domain) => list.has(domain)));
  return named.every((domain) => domain !== undefined) ? named[0]! : null;
}

/** "a.b.c" as "a.b.c" and "b.c". */
function upwards(domain: string): string[] {
  const parts = domain.split(".");
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join("."));
}
