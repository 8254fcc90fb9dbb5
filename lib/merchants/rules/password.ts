import { hash, verify } from "@node-rs/argon2";

/**
 * 19 MiB and two passes, as the OWASP password storage cheat sheet asks at least; the library's
 * default is argon2id.
 */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export async function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

let decoy: Promise<string> | undefined;

/**
 * True when the password is the one behind the hash. Without a hash (no such user, or one without a
 * password) it works as long on a decoy, so that the time of the answer does not tell which
 * addresses have an account.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  decoy ??= hashPassword("a password that nobody has");
  const matches = await verify(passwordHash ?? (await decoy), password);
  return passwordHash !== null && matches;
}
