import { cookieName } from "@/lib/core/address";

/**
 * The name of the cookie with the visitor's choice of scheme; absent means the system's. Read by
 * the root layout, so nothing flashes.
 * @param secure that the page came over https
 */
export function themeCookie(secure?: boolean): string {
  return cookieName("goodword_theme", secure);
}

export type Theme = "light" | "dark";

/** A cookie's text → a theme, or null for anything unknown. */
export function themeFrom(text: string | undefined): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}
