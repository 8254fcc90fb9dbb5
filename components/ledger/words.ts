import type { AccountKind } from "@/lib/ledger/rules/accounts";
import type { LedgerDifference } from "@/lib/ledger/commands/check-ledger";

/** What the balance of a kind of account means, in the words of the dashboard. */
export const KIND_WORDS: Record<AccountKind, { label: string; meaning: string }> = {
  funding: { label: "Funded by you", meaning: "What your rewards are funded with; below 0" },
  pending: { label: "On hold", meaning: "Granted, not released yet" },
  available: { label: "Available", meaning: "Customers can spend it" },
  issued: { label: "Issued", meaning: "Coupons and cash, not used or paid yet" },
  owed: { label: "Owed to you", meaning: "Reversed after it was spent; below 0" },
  spent: { label: "Used", meaning: "Spent by customers" },
};

/** What was compared where the ledger disagrees with itself. */
export const DIFFERENCE_WORDS: Record<LedgerDifference["what"], string> = {
  transfers: "Balance against its transfers",
  asset: "All balances of it against 0",
  lots: "Balance against what is left of its lots",
  moves: "Lots against what moved in them",
  claim: "Debt above zero",
};
