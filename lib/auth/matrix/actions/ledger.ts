import type { ActionEntry } from "./entry";

export const ledgerActions: Record<string, ActionEntry> = {
  "admin/[merchant]/ledger/actions.ts checkNow": {
    member: "ledger.adjust",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
};
