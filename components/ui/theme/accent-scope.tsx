"use client";

import { createContext, useContext, useState, type CSSProperties, type ReactNode } from "react";
import { accentVariables } from "@/lib/core/values/color";

const FloatContext = createContext<HTMLElement | null>(null);

/**
 * Where what floats (dialogs, menus) is put so that it keeps the accent around it; else the body.
 */
export function useFloatContainer(): HTMLElement | undefined {
  return useContext(FloatContext) ?? undefined;
}

/**
 * Paints everything inside, floating things too, with a merchant's accent. No colour: Goodword's
 * own.
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
