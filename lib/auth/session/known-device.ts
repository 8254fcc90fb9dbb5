import { cookieName } from "@/lib/core/address";
import { newId } from "@/lib/core/id";
import { readSealedCookie, setSealedCookie } from "./cookies";

/** How long a browser is remembered in which somebody has signed in. */
const DEVICE_SECONDS = 180 * 24 * 60 * 60;
/** Keeps the cookie from being accepted as one that lets somebody in. */
const SALT = "device";

function deviceCookie(): string {
  return cookieName("gw_device");
}

/** A browser in which a user has signed in before. It lets nobody in; it only passes limits. */
export type KnownDevice = { userId: string; id: string };

/** Remembers that a user has signed in in this browser. */
export async function rememberDevice(userId: string): Promise<void> {
  const known = await readDevice();
  await setSealedCookie(deviceCookie(), {
    token: { sub: userId, device: known?.userId === userId ? known.id : newId("ses") },
    seconds: DEVICE_SECONDS,
    salt: SALT,
  });
}

/** Who has signed in last in this browser; null if nobody has. */
export async function readDevice(): Promise<KnownDevice | null> {
  const token = await readSealedCookie(deviceCookie(), SALT);
  if (typeof token?.sub !== "string" || typeof token.device !== "string") return null;
  return { userId: token.sub, id: token.device };
}
