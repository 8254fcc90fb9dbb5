import { Award } from "lucide-react";
import type { CSSProperties } from "react";
import { accentVariables, parseHex } from "@/lib/core/values/color";
import { BADGE_ICONS } from "./badge-icons";

type BadgeMedalProps = {
  icon: string;
  color: string;
  /** A locked one is an outline: the shape to come, without its colour. */
  earned?: boolean;
  /** A badge is a scalloped medal, a tier a shield. */
  shape?: "medal" | "shield";
  /** In pixels. */
  size?: number;
  /** What it says to those who cannot see it; without one it is decoration beside its name. */
  label?: string;
};

/** A circle of twelve scallops around (32, 32). */
const SCALLOPS = Array.from({ length: 12 }, (_, index) => {
  const at = (turn: number) =>
    [32 + 27 * Math.sin(turn), 32 - 27 * Math.cos(turn)].map((value) => value.toFixed(2)).join(" ");
  const start = index === 0 ? `M${at(-Math.PI / 12)}` : "";
  return `${start}A7.2 7.2 0 0 1 ${at(((2 * index + 1) * Math.PI) / 12)}`;
}).join("");
const SHIELD =
  "M32 3.5 54 10.5c1.6.5 2.7 2 2.7 3.7V32c0 13.6-9.6 23.4-23.3 28.2a4 4 0 0 1-2.8 0" +
  "C16.9 55.4 7.3 45.6 7.3 32V14.2c0-1.7 1.1-3.2 2.7-3.7Z";

/** The picture of a badge or tier, drawn from a picture's name and a colour. */
export function BadgeMedal({
  icon,
  color,
  earned = true,
  shape = "medal",
  size = 64,
  label,
}: BadgeMedalProps) {
  const Icon = BADGE_ICONS[icon as keyof typeof BADGE_ICONS] ?? Award;
  const own = earned && parseHex(color) !== null;
  const outline = shape === "medal" ? SCALLOPS : SHIELD;
  return (
    <svg
      viewBox="0 0 64 64"
      width={size}
      height={size}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      {...(own && { "data-accent": "", style: accentVariables(color) as CSSProperties })}
      className="shrink-0"
    >
      {own ? (
        <>
          <path d={outline} className="fill-accent stroke-accent-mark" strokeWidth={1} />
          <path
            d={outline}
            transform="translate(32 32) scale(0.84) translate(-32 -32)"
            fill="none"
            className="stroke-accent-ink"
            strokeWidth={1.2}
            opacity={0.45}
          />
        </>
      ) : (
        <path
          d={outline}
          className="fill-sunken stroke-line-strong"
          strokeWidth={1.25}
          strokeDasharray="3 3"
        />
      )}
      <Icon
        x={20}
        y={shape === "medal" ? 20 : 18.5}
        width={24}
        height={24}
        strokeWidth={1.75}
        aria-hidden="true"
        className={own ? "text-accent-ink" : "text-ink-muted"}
      />
    </svg>
  );
}
