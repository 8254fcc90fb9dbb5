import type { ActionEntry, Fields } from "./entry";

const settings = (): Fields => ({
  name: "Taken over",
  timeZone: "UTC",
  defaultLocale: "en",
  currency: "USD",
  returnWindowDays: "3",
  marginBp: "10",
  pointCostMilli: "1",
});

export const settingsActions: Record<string, ActionEntry> = {
  "admin/[merchant]/_lists/actions.ts keepView": {
    member: null,
    fields: () => ({ list: "customers", name: "Taken over", query: "search=ana" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/_lists/actions.ts forgetView": {
    member: null,
    fields: () => ({ viewId: "viw_of_nobody" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/outbox/actions.ts release": {
    member: "outbox.release",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/actions.ts saveShop": {
    member: "settings.edit",
    fields: settings,
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/branding/actions.ts saveBranding": {
    member: "settings.edit",
    fields: () => ({ accentColor: "#ff0000" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/keys/actions.ts createKey": {
    member: "keys.manage",
    fields: () => ({ kind: "secret", label: "Taken over" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/keys/actions.ts revokeKey": {
    member: "keys.manage",
    fields: ({ keyId }) => ({ keyId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/keys/actions.ts letEventCount": {
    member: "settings.edit",
    fields: () => ({ type: "taken_over", perDay: "1000" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/keys/actions.ts stopEventCounting": {
    member: "settings.edit",
    fields: ({ allowedType }) => ({ type: allowedType }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts inviteToTeam": {
    member: "team.manage",
    fields: () => ({ email: "eve@example.com", role: "support" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/team/actions.ts revokeInvitation": {
    member: "team.manage",
    fields: ({ inviteId }) => ({ inviteId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts changeMemberRole": {
    member: "team.manage",
    fields: ({ members }) => ({ userId: members.analyst, role: "support" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts saveTwoStepRule": {
    member: "security.manage",
    fields: () => ({ required: "on" }),
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/settings/team/actions.ts resetTwoStep": {
    member: "security.manage",
    fields: ({ members }) => ({ userId: members.admin }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts signOutOfTeam": {
    member: "team.manage",
    fields: ({ members }) => ({ userId: members.analyst }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/settings/team/actions.ts removeFromTeam": {
    member: null,
    fields: ({ members }) => ({ userId: members.analyst }),
    elsewhere: "not_found",
  },
};
