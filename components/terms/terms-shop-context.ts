"use client";

import { createContext, useContext } from "react";
import type { TermsShop } from "./terms-shop";

/** The shop that the fields of terms inside are for. */
export const TermsShopContext = createContext<TermsShop>({
  currency: "USD",
  timeZone: "UTC",
  tiers: [],
  pools: [],
});

export function useTermsShop(): TermsShop {
  return useContext(TermsShopContext);
}
