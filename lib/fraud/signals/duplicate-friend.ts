import type { Acquaintance, Signal } from "./signal";

/** The same inbox referred twice under two spellings. */
export function duplicateFriend({ sameIdentityReferred }: Acquaintance): Signal | null {
  if (!sameIdentityReferred) return null;
  return {
    kind: "duplicate_friend",
    severity: "block",
    detail: "This inbox was referred before under another spelling.",
  };
}
