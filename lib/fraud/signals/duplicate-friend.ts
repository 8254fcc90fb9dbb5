import type { Acquaintance, Signal } from "../rules";

/** The same mailbox brought twice under two spellings. */
export function duplicateFriend({ sameIdentityReferred }: Acquaintance): Signal | null {
  if (!sameIdentityReferred) return null;
  return {
    kind: "duplicate_friend",
    severity: "block",
    detail: "This mailbox was referred before under another spelling.",
  };
}
