"use client";

import { createContext, type ReactNode, useContext } from "react";
import { TermsShopContext } from "@/components/terms/terms-shop-context";
import type { EditorShop } from "./editor-shop";

const EditorContext = createContext<EditorShop | null>(null);

/** Tells every part of the editor what rules can name. */
export function EditorProvider({ shop, children }: { shop: EditorShop; children: ReactNode }) {
  return (
    <EditorContext value={shop}>
      <TermsShopContext value={shop}>{children}</TermsShopContext>
    </EditorContext>
  );
}

/** The shop of the editor around. */
export function useEditorShop(): EditorShop {
  const shop = useContext(EditorContext);
  if (!shop) throw new Error("useEditorShop needs an EditorProvider above it.");
  return shop;
}
