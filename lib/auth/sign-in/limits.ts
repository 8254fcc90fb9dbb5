import { DomainError } from "@/lib/core/errors";
import { consume, forgive, isWithin, RateLimited, reset } from "../rate-limit";
import type { KnownDevice } from "../session/known-device";

/** From how many tries at an account on each is answered later than the one before. */
const FREE_TRIES = 10;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;

/** How long a try is kept waiting, by how many there were lately. */
export function delayOf(tries: number): number {
  if (tries <= FREE_TRIES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - FREE_TRIES - 1));
}

export type PasswordTry = {
  email: string;
  userId: string | null;
  address: string;
  device: KnownDevice | null;
};

/**
 * Counts a try at a password before it is checked. In a browser in which the owner has signed in
 * before, only tries in that browser count; elsewhere those from the address, and all those from
 * elsewhere, which are delayed before they are refused.
 * @returns how long to wait before the answer, in milliseconds
 * @throws RateLimited, or DomainError rate_limited when a sign-in link is the way left
 */
export async function limitPassword(tried: PasswordTry): Promise<number> {
  const device = deviceKey(tried);
  if (device !== null) {
    await consume("sign_in_device", device);
    return 0;
  }
  await consume("sign_in", tried.address);
  await consume("sign_in_here", `${tried.email} ${tried.address}`);
  try {
    return delayOf(await consume("sign_in_email", tried.email));
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    throw new DomainError(
      "rate_limited",
      "Many have tried to sign in to this account. Use “Email me a link instead”.",
    );
  }
}

/** Uncounts a try that was right. */
export async function forgivePassword(tried: PasswordTry): Promise<void> {
  const device = deviceKey(tried);
  if (device !== null) return reset("sign_in_device", device);
  await forgive("sign_in", tried.address);
  await reset("sign_in_here", `${tried.email} ${tried.address}`);
  await forgive("sign_in_email", tried.email);
}

function deviceKey({
  userId,
  device,
}: {
  userId: string | null;
  device: KnownDevice | null;
}): string | null {
  return device !== null && device.userId === userId ? `${userId} ${device.id}` : null;
}

export type CodeTry = {
  userId: string;
  kind: "app" | "recovery";
  address: string;
  device: KnownDevice | null;
};

/**
 * Counts a try at the code of a second step before it is checked. Whoever gets there knows the
 * password: they must not lock the owner out, who has a browser of their own, or a recovery code,
 * which nobody can guess.
 * @throws RateLimited, or DomainError rate_limited when a recovery code is the way left
 */
export async function limitCode(tried: CodeTry): Promise<void> {
  const { userId, kind, address } = tried;
  if (kind === "recovery") return void (await consume("recovery_here", `${userId} ${address}`));
  const device = deviceKey(tried);
  if (device !== null) return void (await consume("code_device", device));
  await consume("code_here", `${userId} ${address}`);
  try {
    await consume("code_user", userId);
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    throw new DomainError(
      "rate_limited",
      "Many wrong codes were entered for this account. Use a recovery code, or a browser in " +
        "which you have signed in before.",
    );
  }
}

/** Uncounts a try that was right. */
export async function forgiveCode(tried: CodeTry): Promise<void> {
  const { userId, kind, address } = tried;
  if (kind === "recovery") return reset("recovery_here", `${userId} ${address}`);
  const device = deviceKey(tried);
  if (device !== null) return reset("code_device", device);
  await reset("code_here", `${userId} ${address}`);
  await forgive("code_user", userId);
}

/**
 * Counts an email with a link before it is sent.
 * @param recipient its address, with what sets it apart from others to the same address
 * @param options.isKnown that its owner is signed in where it is asked for: what a stranger asked
 * for does not count there
 * @throws RateLimited
 */
export async function limitLink(
  recipient: string,
  { address, isKnown = false }: { address: string; isKnown?: boolean },
): Promise<void> {
  await consume("link_here", `${recipient} ${address}`);
  if (!isKnown && !(await isWithin("link_email", recipient)))
    await consume("link_spare", recipient);
}
