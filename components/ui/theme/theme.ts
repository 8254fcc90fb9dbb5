/**
 * The visitor's choice of scheme; absent means the system's. Read by the root layout, so nothing
 * flashes.
 */
export const THEME_COOKIE = "goodword_theme";

export type Theme = "light" | "dark";

/** A cookie's text → a theme, or null for anything unknown. */
export function themeFrom(text: string | undefined): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}
