import { z } from "zod";
import { withoutIgnorable, withoutUnseen } from "./invisible";

/** The longest address that an email server takes (RFC 5321, erratum 1690). */
const MAX_LENGTH = 254;
/** Longer texts are refused unread, since normalising takes time. */
const MAX_TYPED = 1_000;
const LOCAL_PART = /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}$/u;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
const PLAIN = /^[\x21-\x7e]+$/;

/**
 * The one reader of an email address, at every door and inside: trimmed, without invisible
 * characters, lower case, its domain in ASCII ("Müller@Müller.de" → "müller@xn--mller-kva.de").
 * Reading what was read changes nothing.
 *
 * All stored addresses are in this form: members' were plain ASCII, and a migration removed the
 * invisible characters from customers'.
 * @returns null for what is no email address
 */
export function readEmail(text: string): string | null {
  if (text.length > MAX_TYPED) return null;
  const isPlain = PLAIN.test(text);
  const email = isPlain
    ? text.toLowerCase()
    : withoutIgnorable(text).normalize("NFC").trim().toLowerCase().normalize("NFC");
  const at = email.lastIndexOf("@");
  if (at < 1) return null;
  const local = email.slice(0, at);
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) return null;
  const domain = asciiDomain(email.slice(at + 1));
  const isEmail = local.length + domain.length < MAX_LENGTH && LOCAL_PART.test(local);
  return isEmail && DOMAIN.test(domain) ? `${local}@${domain}` : null;
}

/** A domain as DNS knows it; "" for what cannot be one. */
function asciiDomain(domain: string): string {
  if (/^[a-z0-9.-]*$/.test(domain) && !domain.includes("xn--")) return domain;
  // A character with a meaning in URLs would end the host that the URL parser reads.
  if (/[^\P{ASCII}a-z0-9.-]/u.test(domain)) return "";
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : "";
}

const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/**
 * The inbox behind an address, to notice one person with several: without what nobody sees, without
 * what follows a plus, and for Gmail without dots. For comparing only; email goes to the address as
 * given.
 */
export function emailIdentity(email: string): string {
  const canonical = withoutUnseen(email.normalize("NFKC")).toLowerCase();
  const at = canonical.lastIndexOf("@");
  const domain = canonical.slice(at + 1).replace(/\.$/, "");
  const local = canonical.slice(0, at);
  // What begins with a plus has no name before it that could be compared.
  const [name = local] = local.startsWith("+") ? [local] : local.split("+");
  return DOTLESS.has(domain) ? `${name.replaceAll(".", "")}@gmail.com` : `${name}@${domain}`;
}

const EMAIL_WORDS = "Enter an email address like you@example.com.";

/** An email address in a form or a request: read by `readEmail`, or refused. */
export const emailSchema = z
  .string("Enter an email address.")
  .max(MAX_TYPED, EMAIL_WORDS)
  .transform((text, context) => {
    const email = readEmail(text);
    if (email !== null) return email;
    context.addIssue({ code: "custom", message: EMAIL_WORDS });
    return z.NEVER;
  });
