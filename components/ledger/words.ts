import type { AccountKind } from "@/lib/ledger/rules/accounts";
import type { LedgerDifference } from "@/lib/ledger/commands/check-ledger";

/** What the balance of a kind of account means, in the words of the dashboard. */
export const KIND_WORDS: Record<AccountKind, { label: string; meaning: string }> = {
  funding: { label: "Purse", meaning: "What you gave and have not got back; below 0" },
  pending: { label: "On hold", meaning: "Granted, the hold is running" },
  available: { label: "Available", meaning: "Customers can spend it" },
  issued: { label: "Handed out", meaning: "Coupons and cash, not used or paid yet" },
  owed: { label: "Owed to you", meaning: "Called back after it was spent; below 0" },
  spent: { label: "Used", meaning: "Used for good" },
};

/** What was compared where the books disagree. */
export const DIFFERENCE_WORDS: Record<LedgerDifference["what"], string> = {
  transfers: "Balance against its transfers",
  asset: "All balances of it against 0",
  lots: "Balance against what is left of its lots",
  moves: "Lots against what moved in them",
  claim: "A debt that is a credit",
};
