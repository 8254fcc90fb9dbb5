import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { remembered } from "./collections/remembered";
import { environment } from "./env";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Emails ask for the same key thousands of times a second. */
const keys = remembered<Buffer>(100);

/**
 * A separate 256-bit key for each purpose (HKDF-SHA-256, RFC 5869).
 */
function keyFor(purpose: string): Buffer {
  return keys(purpose, () =>
    Buffer.from(hkdfSync("sha256", environment().AUTH_SECRET, "", `goodword ${purpose}`, 32)),
  );
}

/**
 * Encrypts what the database must not hold in the clear (AES-256-GCM under a key derived from
 * AUTH_SECRET).
 * @param purpose binds the result to one use or row: it cannot be opened under another
 */
export function seal(plain: Uint8Array, purpose: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/**
 * Decrypts what `seal` made. Returns null if it was changed, or sealed for another purpose or under
 * another AUTH_SECRET.
 */
export function unseal(sealed: string, purpose: string): Uint8Array | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
  } catch {
    return null;
  }
}

/**
 * What only this server can make of a text: HMAC-SHA-256 under a key derived from AUTH_SECRET.
 * @param purpose the same text gives another one for another purpose
 */
export function macOf(text: string | Uint8Array, purpose: string): Buffer {
  return createHmac("sha256", keyFor(purpose)).update(text).digest();
}
