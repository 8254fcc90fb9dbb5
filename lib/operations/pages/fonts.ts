import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import subsetFont from "subset-font";

/** What a browser loads at most for a face, in bytes. */
export const MOST_FACE_BYTES = 25_000;

export const FONT_FOLDER = "app/fonts";

const ORIGINALS = "node_modules/geist/dist/fonts";

/** The characters of each face, as CSS writes a `unicode-range`; app/fonts.ts has the last two. */
const CHARACTERS = {
  latin:
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, " +
    "U+20AC, U+2122, U+2190-2193, U+2212, U+2215, U+FFFD",
  "latin-more": "U+0100-036F, U+1D00-1EFF, U+20A0-20CF, U+2113, U+2C60-2C7F, U+A720-A7FF",
  cyrillic: "U+0400-052F, U+2116",
} as const;

const FACES: [original: string, face: string, characters: keyof typeof CHARACTERS][] = [
  ["geist-sans/Geist-Variable.woff2", "geist-latin.woff2", "latin"],
  ["geist-sans/Geist-Variable.woff2", "geist-latin-more.woff2", "latin-more"],
  ["geist-sans/Geist-Variable.woff2", "geist-cyrillic.woff2", "cyrillic"],
  ["geist-mono/GeistMono-Variable.woff2", "geist-mono-latin.woff2", "latin"],
];

/**
 * `npm run fonts`: cuts Geist into the faces of app/fonts.ts, with the weights and characters that
 * pages use. Needed again only for a newer Geist.
 * @throws Error for a face that comes out larger than MOST_FACE_BYTES
 */
export async function main(): Promise<void> {
  mkdirSync(FONT_FOLDER, { recursive: true });
  for (const [original, face, characters] of FACES) {
    const bytes = await subsetFont(
      readFileSync(path.join(ORIGINALS, original)),
      charactersOf(CHARACTERS[characters]),
      { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 600 } } },
    );
    if (bytes.length > MOST_FACE_BYTES) throw new Error(`${face} has ${bytes.length} bytes.`);
    writeFileSync(path.join(FONT_FOLDER, face), bytes);
    console.log(`${face}: ${bytes.length} bytes`);
  }
}

function charactersOf(ranges: string): string {
  return ranges
    .split(", ")
    .flatMap((range) => {
      const [first, last = first] = range
        .slice(2)
        .split("-")
        .map((digits) => Number.parseInt(digits, 16));
      return Array.from({ length: last! - first! + 1 }, (_, place) =>
        String.fromCodePoint(first! + place),
      );
    })
    .join("");
}
