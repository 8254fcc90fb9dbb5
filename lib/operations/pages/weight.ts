import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import tailwind from "@tailwindcss/postcss";
import postcss from "postcss";
import { FONT_FOLDER, MOST_FACE_BYTES } from "./fonts";

/** What the friend's page may load at most, in bytes as they are sent: scripts, styles, a face. */
export const MOST_BYTES = { script: 40_000, styles: 16_000, face: MOST_FACE_BYTES };

const STYLES = "app/globals.css";

/** Bytes by the name of the file. */
type Weights = Record<string, number>;

/**
 * What the friend's page loads, weighed from its sources: a browser test compares it with what the
 * production build sends.
 */
export async function pageWeight(): Promise<{ script: Weights; styles: Weights; face: Weights }> {
  const fonts = readdirSync(FONT_FOLDER).filter((name) => name.endsWith(".woff2"));
  const { css } = await postcss([tailwind({ optimize: { minify: true } })]).process(
    readFileSync(STYLES, "utf8"),
    { from: path.resolve(STYLES) },
  );
  return {
    script: { "public/invite.js": packed(readFileSync("public/invite.js")) },
    styles: { [STYLES]: packed(css) },
    face: Object.fromEntries(
      fonts.map((name) => [name, readFileSync(path.join(FONT_FOLDER, name)).length]),
    ),
  };
}

/** What weighs more than MOST_BYTES allow: "geist-latin.woff2: 30000 bytes". */
export function overweight(weight: Record<keyof typeof MOST_BYTES, Weights>): string[] {
  return (["script", "styles", "face"] as const).flatMap((kind) =>
    Object.entries(weight[kind]).flatMap(([name, bytes]) =>
      bytes > MOST_BYTES[kind] ? [`${name}: ${bytes} bytes`] : [],
    ),
  );
}

function packed(text: string | Buffer): number {
  return brotliCompressSync(text).length;
}
