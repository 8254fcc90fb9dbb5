import localFont from "next/font/local";

/*
 * Geist, cut into faces by `npm run fonts`: a browser loads the first, and of the others only those
 * whose characters are on the page. Next reads these calls without running them, so everything in
 * them is written out.
 */

const latin = localFont({
  src: "./fonts/geist-latin.woff2",
  variable: "--font-geist-latin",
  weight: "400 600",
  adjustFontFallback: false,
});

const latinMore = localFont({
  src: "./fonts/geist-latin-more.woff2",
  variable: "--font-geist-latin-more",
  weight: "400 600",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value: "U+0100-036F, U+1D00-1EFF, U+20A0-20CF, U+2113, U+2C60-2C7F, U+A720-A7FF",
    },
  ],
});

/** The last of the family brings the stand-in of the same width for as long as they load. */
const cyrillic = localFont({
  src: "./fonts/geist-cyrillic.woff2",
  variable: "--font-geist-cyrillic",
  weight: "400 600",
  preload: false,
  declarations: [{ prop: "unicode-range", value: "U+0400-052F, U+2116" }],
});

const mono = localFont({
  src: "./fonts/geist-mono-latin.woff2",
  variable: "--font-geist-mono",
  weight: "400 600",
  preload: false,
  adjustFontFallback: false,
});

/** The classes that make the families known, for the root of every page. */
export const FONT_CLASSES = [latin, latinMore, cyrillic, mono]
  .map(({ variable }) => variable)
  .join(" ");
