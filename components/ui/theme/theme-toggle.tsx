"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";
import { useTheme } from "./use-theme";

const CHOICES = [
  { value: "system", label: <span className="sr-only">System</span>, icon: <Monitor /> },
  { value: "light", label: <span className="sr-only">Light</span>, icon: <Sun /> },
  { value: "dark", label: <span className="sr-only">Dark</span>, icon: <Moon /> },
];

/** System, light or dark, side by side. */
export function ThemeToggle({ legend = "Appearance" }: { legend?: string }) {
  // Unique, because a page may hold several.
  const name = useId();
  const [theme, choose] = useTheme();
  return (
    <RadioGroup
      name={name}
      legend={legend}
      hideLegend
      look="segments"
      choices={CHOICES}
      value={theme}
      onValueChange={choose}
    />
  );
}
