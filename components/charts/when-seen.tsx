"use client";

import { type ReactNode, startTransition, Suspense, useEffect, useRef, useState } from "react";

/** How far below the screen something counts as about to be seen. */
const AHEAD = "200px";

/** Draws, and with `lazy` loads, what is in it once it is about to be seen, or printed. */
export function WhenSeen({ children }: { children: ReactNode }) {
  const [seen, setSeen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = () => setSeen(true);
    // A drawing takes longer than a press may wait: React does it in pieces, and answers between.
    const showInPieces = () => startTransition(show);
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) showInPieces();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(place.current!);
    addEventListener("beforeprint", show);
    return () => {
      observer.disconnect();
      removeEventListener("beforeprint", show);
    };
  }, []);
  return (
    <div ref={place} className="h-full">
      {seen ? <Suspense>{children}</Suspense> : null}
    </div>
  );
}
