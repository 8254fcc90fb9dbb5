const SHORTEST = 32;

/**
 * The secret behind sessions, one-time links and sealed keys.
 * @throws Error when AUTH_SECRET is missing or short: everything that depends on it would be open
 */
export function authSecret(): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret || secret.length < SHORTEST) throw new Error(`AUTH_SECRET needs at least ${SHORTEST} characters.`);
  return secret;
}
