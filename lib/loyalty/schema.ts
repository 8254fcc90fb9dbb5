import { z } from "zod";

/**
 * What a medal may carry: names of lucide icons, the only ones that
 * `components/loyalty/badges/badge-medal.tsx` draws.
 */
export const MEDAL_ICONS = [
  "award",
  "cake",
  "coffee",
  "crown",
  "diamond",
  "flame",
  "flower",
  "gem",
  "gift",
  "handshake",
  "heart",
  "leaf",
  "medal",
  "megaphone",
  "moon",
  "mountain",
  "party-popper",
  "rocket",
  "share",
  "shopping-bag",
  "sparkles",
  "sprout",
  "star",
  "sun",
  "trophy",
  "users",
  "zap",
] as const;
export type MedalIcon = (typeof MEDAL_ICONS)[number];

export const medalIconSchema = z.enum(MEDAL_ICONS, { error: "Choose a picture." });

/** "#b45309" */
export const medalColorSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "Enter a colour like #b45309.");

/** A medal as the API shows it. */
export const medalJson = { icon: z.enum(MEDAL_ICONS), color: z.string() };

/** A text in each language as the API shows it. */
export const localizedJson = z
  .object({ en: z.string(), sq: z.string(), zh: z.string() })
  .meta({ description: 'By language; "" falls back to English.' });
