"use client";

import { createContext, useContext } from "react";

export type Named = { id: string; name: string };

/** What the shop has that rules can name, for every part of the editor. */
export type EditorShop = {
  currency: string; timeZone: string; returnWindowDays: number;
  tiers: readonly Named[]; pools: readonly Named[]; arms: readonly Named[];
};

export const EditorContext = createContext<EditorShop>({
  currency: "USD", timeZone: "UTC", returnWindowDays: 0, tiers: [], pools: [], arms: [],
});

export function useEditorShop(): EditorShop {
  return useContext(EditorContext);
}

/** Tiers by id, as wording takes them. */
export function termNames({ tiers }: Pick<EditorShop, "tiers">): { tiers: Record<string, string> } {
  return { tiers: Object.fromEntries(tiers.map(({ id, name }) => [id, name])) };
}
