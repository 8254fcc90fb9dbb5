/**
 * "mira@example.com" → "m•••@example.com": enough to recognise a friend, too little to write to
 * them.
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = ""] = email;
  return at < 1 ? "•••" : `${first}•••${email.slice(at)}`;
}
