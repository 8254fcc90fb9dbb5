"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useSyncExternalStore } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";
import { themeCookie, themeFrom } from "./theme";

const CHOICES = [
  { value: "system", label: <span className="sr-only">System</span>, icon: <Monitor /> },
  { value: "light", label: <span className="sr-only">Light</span>, icon: <Sun /> },
  { value: "dark", label: <span className="sr-only">Dark</span>, icon: <Moon /> },
];

/**
 * System, light or dark; remembered for a year in a cookie that the server reads before the first
 * paint.
 */
export function ThemeToggle({ legend = "Appearance" }: { legend?: string }) {
  // Unique, because the sidebar and the menu on a phone may both hold a toggle.
  const name = useId();
  const theme = useSyncExternalStore(onThemeChange, currentTheme, () => "system");
  const change = (value: string) => {
    const chosen = themeFrom(value);
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    const seconds = chosen ? 31_536_000 : 0;
    const secure = window.location.protocol === "https:";
    document.cookie =
      `${themeCookie(secure)}=${chosen ?? ""}; Path=/; SameSite=Lax; Max-Age=${seconds}` +
      (secure ? "; Secure" : "");
  };
  return (
    <RadioGroup
      name={name}
      legend={legend}
      hideLegend
      look="segments"
      choices={CHOICES}
      value={theme}
      onValueChange={change}
    />
  );
}

function currentTheme(): string {
  return document.documentElement.dataset.theme ?? "system";
}

function onThemeChange(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
