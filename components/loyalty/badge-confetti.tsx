"use client";

import { useEffect, useRef } from "react";
import type { ActionResult } from "@/lib/core/action-result";

type BadgeConfettiProps = {
  /** Marks it as seen; answers whether this page is the first to. */
  claim: () => Promise<ActionResult<{ first: boolean }>>;
  /** Colours of what was reached. */
  colors: readonly string[];
};

const PIECES = 36;
const LASTS_MS = 2_600;

/** Paper falling once for something newly reached: on the first page that shows it, and never where motion is unwanted. */
export function BadgeConfetti({ claim, colors }: BadgeConfettiProps) {
  const stage = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void claim().then((answer) => {
      const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (answer.ok && answer.data.first && !still && stage.current) throwPaper(stage.current, colors);
    });
  }, [claim, colors]);
  return <div ref={stage} aria-hidden="true" className="pointer-events-none fixed inset-0 z-40 overflow-hidden" />;
}

function throwPaper(stage: HTMLElement, colors: readonly string[]): void {
  const { clientWidth: width, clientHeight: height } = stage;
  for (let index = 0; index < PIECES; index += 1) {
    const piece = document.createElement("span");
    const random = Math.random;
    Object.assign(piece.style, {
      position: "absolute", left: `${width / 2}px`, top: `${height * 0.3}px`, width: "8px", height: `${8 + random() * 8}px`,
      borderRadius: random() < 0.4 ? "50%" : "2px", background: colors[index % colors.length] ?? "currentColor",
    });
    stage.append(piece);
    const side = (random() - 0.5) * Math.min(width, 720);
    const up = -(0.1 + random() * 0.22) * height;
    const turn = (random() - 0.5) * 900;
    const flight = piece.animate([
      { transform: "translate(0, 0) rotate(0deg)", opacity: 1 },
      { transform: `translate(${side * 0.7}px, ${up}px) rotate(${turn * 0.4}deg)`, opacity: 1, offset: 0.3, easing: "cubic-bezier(0.3, 0, 0.8, 0.6)" },
      { transform: `translate(${side}px, ${height * 0.55}px) rotate(${turn}deg)`, opacity: 0 },
    ], { duration: LASTS_MS * (0.75 + random() * 0.25), easing: "cubic-bezier(0.1, 0.8, 0.3, 1)", fill: "forwards" });
    flight.onfinish = () => piece.remove();
  }
}
