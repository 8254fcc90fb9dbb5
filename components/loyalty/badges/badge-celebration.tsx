"use client";

import { useEffect, useRef, useState } from "react";
import type { ActionResult } from "@/lib/core/action-result";

type BadgeCelebrationProps = {
  /** What is new, in a sentence; null for nothing. Once said it stays while the page is open. */
  words: string | null;
  /** Marks it as seen; `first` on the one page that does so before all others. */
  claim: () => Promise<ActionResult<{ first: boolean }>>;
  /** Colours of what was reached. */
  colors: readonly string[];
};

const PIECES = 40;
const LASTS_MS = 2_800;

/**
 * Says what was newly reached, and lets paper fall for it once: when it comes into sight, on the
 * first page that shows it, and never where motion is unwanted.
 */
export function BadgeCelebration({ words, claim, colors }: BadgeCelebrationProps) {
  const [said] = useState(words);
  const line = useRef<HTMLParagraphElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const claimed = useRef(false);
  useEffect(() => {
    const target = line.current;
    if (!target) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting || claimed.current) return;
        claimed.current = true;
        watch.disconnect();
        void claim().then((answer) => {
          const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
          if (answer.ok && answer.data.first && !still && stage.current)
            throwPaper(stage.current, target, colors);
        });
      },
      { threshold: 0.6 },
    );
    watch.observe(target);
    return () => watch.disconnect();
  }, [claim, colors]);
  if (said === null) return null;
  return (
    <>
      <p
        ref={line}
        role="status"
        className="rounded-control bg-accent-soft px-3 py-2 text-sm font-medium text-accent-text"
      >
        {said}
      </p>
      <div
        ref={stage}
        aria-hidden="true"
        className="pointer-events-none fixed inset-0 z-40 overflow-hidden"
      />
    </>
  );
}

function throwPaper(stage: HTMLElement, from: HTMLElement, colors: readonly string[]): void {
  const { clientWidth: width, clientHeight: height } = stage;
  const { left, top, width: wide } = from.getBoundingClientRect();
  const random = Math.random;
  for (let index = 0; index < PIECES; index += 1) {
    const piece = document.createElement("span");
    Object.assign(piece.style, {
      position: "absolute",
      left: `${left + wide / 2}px`,
      top: `${top}px`,
      width: "8px",
      height: `${8 + random() * 8}px`,
      borderRadius: random() < 0.4 ? "50%" : "2px",
      background: colors[index % colors.length] ?? "currentColor",
    });
    stage.append(piece);
    const side = (random() - 0.5) * Math.min(width, 720);
    const up = -(0.08 + random() * 0.22) * height;
    const turn = (random() - 0.5) * 900;
    const flight = piece.animate(
      [
        {
          transform: "translate(0, 0) rotate(0deg)",
          opacity: 1,
          easing: "cubic-bezier(0.1, 0.8, 0.3, 1)",
        },
        {
          transform: `translate(${side * 0.7}px, ${up}px) rotate(${turn * 0.4}deg)`,
          opacity: 1,
          offset: 0.3,
          easing: "cubic-bezier(0.4, 0, 0.8, 0.7)",
        },
        { transform: `translate(${side}px, ${height * 0.5}px) rotate(${turn}deg)`, opacity: 0 },
      ],
      { duration: LASTS_MS * (0.75 + random() * 0.25), fill: "forwards" },
    );
    flight.onfinish = () => piece.remove();
  }
}
