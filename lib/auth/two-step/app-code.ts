import { Secret, TOTP } from "otpauth";

/**
 * The codes of authenticator apps (RFC 6238), in the one form that all apps know: six digits,
 * SHA-1, a new one every 30 seconds.
 */
const STEP_SECONDS = 30;
const DIGITS = 6;
/** How many steps a clock may be off: the code before and the one after count too. */
const WINDOW = 1;
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;

/** A new secret to share with an app. */
export function newAppSecret(): Uint8Array {
  return new Secret({ size: SECRET_BYTES }).bytes;
}

/**
 * What an app is told: as an address to be drawn as a QR code (`otpauth://totp/…`), and as text to
 * be typed by hand (base 32).
 */
export function appInvitation(
  secret: Uint8Array,
  email: string,
): { address: string; text: string } {
  const totp = generator(secret, email);
  return { address: totp.toString(), text: totp.secret.base32.replaceAll(/.{4}(?=.)/g, "$& ") };
}

/**
 * The step of a code: which half minute since 1970 it stands for. It is compared in constant time.
 * @param now milliseconds since 1970
 * @returns null for a code that is not of now, or of the step before or after
 */
export function stepOfCode(secret: Uint8Array, code: string, now: number): number | null {
  const delta = generator(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / STEP_SECONDS) + delta;
}

/** The code that an app shows at a time, in milliseconds since 1970: for tests. */
export function codeAt(secret: Uint8Array, now: number): string {
  return generator(secret).generate({ timestamp: now });
}

function generator(secret: Uint8Array, email = ""): TOTP {
  return new TOTP({
    issuer: "Goodword",
    label: email,
    algorithm: "SHA1",
    digits: DIGITS,
    period: STEP_SECONDS,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });
}
