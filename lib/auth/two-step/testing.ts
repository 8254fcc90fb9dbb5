import { Secret } from "otpauth";

/** For tests only: the secret that an app reads from the text shown beside the QR code. */
export function base32(text: string): Uint8Array {
  return Secret.fromBase32(text).bytes;
}
