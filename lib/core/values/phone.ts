import { withoutUnseen } from "./invisible";

const MAX_TYPED = 60;
/** What people put between the digits of a number, and around its area code. */
const BETWEEN = /[\s().\-/·‐-―]/gu;
const EXTENSION = /(?:;?ext(?:ension)?\.?|#|x)\d{1,6}$/i;
/** The international codes of one and of two digits (ITU-T E.164); all others have three. */
const ONE_DIGIT = /^[17]/;
const TWO_DIGITS = /^(?:20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * The one reader of a phone number: "+355 (0)69 123-4567", "00355 69 1234567" → "+355691234567";
 * without an international code the digits alone, "069 123 4567" → "691234567".
 * @returns null for what is no phone number
 */
export function readPhone(text: string): string | null {
  if (text.length > MAX_TYPED) return null;
  const written = withoutUnseen(text.normalize("NFKC"))
    .replace(/^tel:/i, "")
    .replace("(0)", "")
    .replace(BETWEEN, "")
    .replace(EXTENSION, "");
  if (!/^\+?\d+$/.test(written)) return null;
  const isInternational = written.startsWith("+") || written.startsWith("00");
  const digits = written.replace(/^\+?0*/, "");
  if (!isInternational) {
    const isLocal = digits.length >= 6 && digits.length <= 12 && !isOneDigit(digits);
    return isLocal ? digits : null;
  }
  // Zeros that are dialled only within a country are no part of the number.
  const { code, national } = divided(digits);
  const read = `${code}${national}`;
  return read.length >= 8 && read.length <= 15 && !isOneDigit(read) ? `+${read}` : null;
}

function isOneDigit(digits: string): boolean {
  return /^(\d)\1*$/.test(digits);
}

/**
 * What tells one number from another whether or not it was given with its international code. For
 * comparing only.
 * @param phone as `readPhone` gives it
 */
export function phoneIdentity(phone: string): string {
  return phone.startsWith("+") ? divided(phone.slice(1)).national : phone;
}

function divided(digits: string): { code: string; national: string } {
  const length = ONE_DIGIT.test(digits) ? 1 : TWO_DIGITS.test(digits) ? 2 : 3;
  return { code: digits.slice(0, length), national: digits.slice(length).replace(/^0+/, "") };
}
