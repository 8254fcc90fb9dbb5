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
 * The inbox behind an address, to notice one person with several: what follows a plus is dropped,
 * and Gmail's dots too. For comparing only; email goes to the address as given.
 */
export function emailIdentity(email: string): string {
  const at = email.lastIndexOf("@");
  const domain = email.slice(at + 1);
  const [local = ""] = email.slice(0, at).split("+");
  return DOTLESS.has(domain) ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}
