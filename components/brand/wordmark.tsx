/** Goodword's mark with its name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-lg font-semibold tracking-[-0.035em]">
      <Glyph />
      Goodword
    </span>
  );
}

/** An opening quotation mark, for a good word to come; two strokes, as two are rewarded. */
function Glyph() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden={true} className="size-6 shrink-0">
      <path
        d={
          "M14 6.2C8 8.2 3.2 12.8 3.2 19.6c0 4 2.6 6.6 6 " +
          "6.6 3.2 0 5.6-2.4 5.6-5.5 0-3-2.1-5.2-5-5.3.5-2.6 2.6-4.6 5.6-6z"
        }
        className="fill-ink"
      />
      <path
        d={
          "M28 6.2c-6 2-10.8 6.6-10.8 13.4 0 4 2.6 6.6 6 " +
          "6.6 3.2 0 5.6-2.4 5.6-5.5 0-3-2.1-5.2-5-5.3.5-2.6 2.6-4.6 5.6-6z"
        }
        className="fill-accent-mark"
      />
    </svg>
  );
}
