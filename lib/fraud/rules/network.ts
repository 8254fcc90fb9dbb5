import { macOf } from "@/lib/core/sealing";
import { DAY_MS } from "@/lib/core/time";
import { networkOf } from "@/lib/core/internet/ip-address";

/** For how long it is remembered that somebody came from a network. */
export const SIGHTING_DAYS = 3;

/**
 * A network as it is kept: hashed under a secret of the day, and under that of the day before, so
 * that the same network can be told again within a day and no longer. Nothing leads back to the
 * address, and no two merchants have the same.
 */
export type HashedNetwork = { network: string; networkBefore: string };

/** @returns null where the address is not known */
export function hashNetwork(merchantId: string, address: string, at: Date): HashedNetwork | null {
  const network = networkOf(address);
  if (network === null) return null;
  const day = Math.floor(at.getTime() / DAY_MS);
  const hashed = (of: number) =>
    macOf(`${of} ${merchantId} ${network}`, "network").toString("base64url").slice(0, 22);
  return { network: hashed(day), networkBefore: hashed(day - 1) };
}
