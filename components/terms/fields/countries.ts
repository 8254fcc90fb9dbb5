import { countryName } from "@/lib/terms/words/lists";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Codes that name no country of its own, though the runtime has a word for them. */
const NONE = new Set([
  "EU",
  "EZ",
  "UN",
  "QO",
  "XA",
  "XB",
  "ZZ",
  "AC",
  "CP",
  "DG",
  "EA",
  "IC",
  "TA",
  "CQ",
]);

let made: { value: string; label: string }[] | null = null;

/** Every country that this runtime can name, by code. */
export function countries(): { value: string; label: string }[] {
  made ??= LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    // A code that was given up stands for the one after it: DD for DE, SU for RU.
    .filter((code) => !NONE.has(code) && new Intl.Locale(`und-${code}`).region === code)
    .map((value) => ({ value, label: countryName(value, "en") }))
    .filter(({ value, label }) => label !== value);
  return made;
}

/**
 * The code of what was typed: a code in any case, or a country's name. Anything else stands as
 * typed.
 */
export function countryCode(typed: string): string {
  const wanted = typed.toLowerCase();
  return (
    countries().find(
      ({ value, label }) => value.toLowerCase() === wanted || label.toLowerCase() === wanted,
    )?.value ?? typed.toUpperCase()
  );
}

/** "Germany (DE)". */
export function countryLabel(code: string): string {
  const name = countryName(code, "en");
  return name === code ? code : `${name} (${code})`;
}
