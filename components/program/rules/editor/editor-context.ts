"use client";

import { createContext, useContext } from "react";
import type { EditorShop } from "./editor-shop";

export const EditorContext = createContext<EditorShop>({
  currency: "USD",
  timeZone: "UTC",
  returnWindowDays: 0,
  tiers: [],
  pools: [],
  arms: [],
});

export function useEditorShop(): EditorShop {
  return useContext(EditorContext);
}
