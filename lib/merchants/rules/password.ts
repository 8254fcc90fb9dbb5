import { hash, verify } from "@node-rs/argon2";

/**
 * 19 MiB and two passes: the minimum of OWASP's password storage cheat sheet. The library's default
 * algorithm is argon2id.
 */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export async function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

let decoy: Promise<string> | undefined;

/**
 * Verifies a password. Without a hash (no such user, or one without a password) it spends the same
 * time on a decoy, so that response times do not reveal which addresses have an account.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  decoy ??= hashPassword("a password that nobody has");
  const matches = await verify(passwordHash ?? (await decoy), password);
  return passwordHash !== null && matches;
}
