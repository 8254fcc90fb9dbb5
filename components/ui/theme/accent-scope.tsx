"use client";

import { createContext, useContext, useState, type CSSProperties, type ReactNode } from "react";
import { accentVariables } from "@/lib/core/values/color";

const FloatContext = createContext<HTMLElement | null>(null);

/**
 * Where dialogs and menus are mounted so that they keep the accent around them; else the body.
 */
export function useFloatContainer(): HTMLElement | undefined {
  return useContext(FloatContext) ?? undefined;
}

/**
 * Applies a merchant's accent to everything inside, dialogs and menus included; without one,
 * Goodword's own.
 */
export function AccentScope({ accent, children }: { accent: string | null; children: ReactNode }) {
  const [float, setFloat] = useState<HTMLElement | null>(null);
  if (!accent) return <>{children}</>;
  return (
    <div data-accent="" style={accentVariables(accent) as CSSProperties}>
      <FloatContext value={float}>{children}</FloatContext>
      <div ref={setFloat} />
    </div>
  );
}
