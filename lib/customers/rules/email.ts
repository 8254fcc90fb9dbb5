import { domainToASCII } from "node:url";

const LOCAL_PART = /^[^\s@<>()[\]\\,;:"]{1,64}$/;
const DOMAIN =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * An address in the one form we keep: trimmed, lower case, its domain in ASCII. Null for what is no
 * address.
 */
export function normaliseEmail(text: string): string | null {
  const address = text.normalize("NFC").trim().toLowerCase();
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const domain = domainToASCII(address.slice(at + 1));
  if (at < 1 || local.startsWith(".") || local.endsWith(".") || local.includes("..")) return null;
  return LOCAL_PART.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : null;
}

/**
 * "mira@example.com" → "m•••@example.com": enough to recognise a friend, too little to write to
 * them.
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = ""] = email;
  return at < 1 ? "•••" : `${first}•••${email.slice(at)}`;
}

const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/**
 * The mailbox behind an address, to notice one person with several: what follows a plus is dropped,
 * and Gmail's dots too. For comparing only; mail goes to the address as given.
 */
export function emailIdentity(email: string): string {
  const at = email.lastIndexOf("@");
  const domain = email.slice(at + 1);
  const [local = ""] = email.slice(0, at).split("+");
  return DOTLESS.has(domain) ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}
