import type { ReactNode } from "react";

/** A QR code on white with its quiet zone, in dark mode too, because cameras want it so. */
export function QrFrame({ children, caption }: { children: ReactNode; caption?: ReactNode }) {
  return (
    <figure className="inline-flex flex-col items-center gap-2">
      <div
        className={
          "grid size-44 place-items-center rounded-card border border-line bg-white p-4 " +
          "text-black [&>*]:size-full"
        }
      >
        {children}
      </div>
      {caption ? (
        <figcaption className="text-[0.8125rem] text-ink-muted">{caption}</figcaption>
      ) : null}
    </figure>
  );
}
