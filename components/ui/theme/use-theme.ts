import { useSyncExternalStore } from "react";
import { themeCookie, themeFrom } from "./theme";

/**
 * The chosen theme ("system", "light" or "dark") and how to choose another: remembered for a year
 * in a cookie that the server reads before the first paint.
 */
export function useTheme(): [string, (theme: string) => void] {
  return [useSyncExternalStore(onThemeChange, currentTheme, () => "system"), chooseTheme];
}

function chooseTheme(value: string): void {
  const chosen = themeFrom(value);
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  const seconds = chosen ? 31_536_000 : 0;
  const secure = window.location.protocol === "https:";
  document.cookie =
    `${themeCookie(secure)}=${chosen ?? ""}; Path=/; SameSite=Lax; Max-Age=${seconds}` +
    (secure ? "; Secure" : "");
}

function currentTheme(): string {
  return document.documentElement.dataset.theme ?? "system";
}

function onThemeChange(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
