import { electronicFormatIBAN, isValidIBAN } from "ibantools";
import { withoutUnseen } from "../values/invisible";

/** The longest IBAN has 34 characters; written in groups, or pasted with its label, a few more. */
const MAX_TYPED = 100;

/**
 * The one reader of an IBAN: without blanks and invisible characters, in capitals, of a country
 * that has IBANs, in that country's length and form, and with the right check digits (ISO 13616).
 * @returns null for what is none
 */
export function readIban(text: string): string | null {
  if (text.length > MAX_TYPED) return null;
  const iban = electronicFormatIBAN(withoutUnseen(text.normalize("NFKC")));
  return iban !== null && isValidIBAN(iban) ? iban : null;
}
