/** A longer domain is cut at its beginning: its end says whose it is. */
const LONGEST_DOMAIN = 40;

/**
 * "mira@example.com" → "m•••@example.com": enough to recognise a friend, too little to write to
 * them.
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = ""] = email;
  const domain = email.slice(at + 1);
  const shown = domain.length > LONGEST_DOMAIN ? `…${domain.slice(-LONGEST_DOMAIN)}` : domain;
  return at < 1 ? "•••" : `${first}•••@${shown}`;
}
