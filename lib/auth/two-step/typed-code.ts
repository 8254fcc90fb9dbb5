import { createHash } from "node:crypto";
import { randomCharacters } from "@/lib/core/id";

const RECOVERY_CODES = 10;
/** 120 random bits: too many to guess, so a plain SHA-256 of them is safe to store. */
const RECOVERY_CHARACTERS = 24;

/** New recovery codes as they are shown once, "3k7m-w2pq-9xve-h4tn-8bzc-r5dy". */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    randomCharacters(RECOVERY_CHARACTERS).replaceAll(/.{4}(?=.)/g, "$&-"),
  );
}

export type TypedCode = { kind: "app" | "recovery"; code: string };

/**
 * Reads what somebody typed where a code is asked for: spaces, dashes and case do not matter.
 * @returns null for what is neither six digits nor the form of a recovery code
 */
export function readTypedCode(text: string): TypedCode | null {
  const code = text.replaceAll(/[\s-]/g, "").toLowerCase();
  if (/^\d{6}$/.test(code)) return { kind: "app", code };
  if (/^[0-9a-hjkmnp-tv-z]{24}$/.test(code)) return { kind: "recovery", code };
  return null;
}

/** The only form in which a recovery code is stored and looked up. */
export function hashRecoveryCode(userId: string, text: string): string {
  const code = text.replaceAll("-", "");
  return createHash("sha256").update(`${userId} ${code}`, "utf8").digest("hex");
}
