import type { ActionEntry } from "./entry";

export const customersActions: Record<string, ActionEntry> = {
  "admin/[merchant]/customers/actions.ts adjust": {
    member: "ledger.adjust",
    elsewhere: "not_found",
    fields: ({ customer }) => ({
      customerId: customer.id,
      asset: "USD/2",
      direction: "add",
      amount: "5",
      reason: "Because of the test",
      key: "matrix",
    }),
  },
  "admin/[merchant]/customers/actions.ts moveBalance": {
    member: "ledger.adjust",
    elsewhere: "not_found",
    fields: ({ customer, friendId }) => ({
      customerId: customer.id,
      to: friendId,
      asset: "PTS/0",
      amount: "5",
      reason: "Because of the test",
      key: "matrix",
    }),
  },
  // With itself, which is refused: everybody is still needed.
  "admin/[merchant]/customers/actions.ts merge": {
    member: "customer.merge",
    elsewhere: "not_found",
    fields: ({ customer }) => ({ oneId: customer.id, otherId: customer.id, keep: "one" }),
  },
  "admin/[merchant]/customers/actions.ts removePayoutDetails": {
    member: "payout.manage",
    elsewhere: "not_found",
    fields: ({ customer }) => ({ customerId: customer.id }),
  },
  "admin/[merchant]/customers/actions.ts apart": {
    member: "customer.merge",
    elsewhere: "not_found",
    fields: ({ customer, friendId }) => ({ oneId: customer.id, otherId: friendId }),
  },
  "admin/[merchant]/customers/actions.ts confirm": {
    member: "customer.merge",
    elsewhere: "not_found",
    fields: ({ claimedKey }) => claimedKey,
  },
  "admin/[merchant]/customers/actions.ts takeOff": {
    member: "customer.merge",
    elsewhere: "not_found",
    fields: ({ claimedKey }) => claimedKey,
  },
  "admin/[merchant]/customers/actions.ts undo": {
    member: "customer.merge",
    elsewhere: "not_found",
    fields: ({ customer }) => ({ mergeId: customer.id }),
  },
};
