import type { Shop } from "../testing/shop";
import type { ActionEntry, Fields } from "./entry";

const ladder = ({ tierId }: Shop): Fields => ({
  metric: "referrals",
  window: "rolling",
  "tiers.0.id": tierId,
  "tiers.0.name": "Taken over",
  "tiers.0.threshold": "1",
  "tiers.0.color": "#b45309",
  "tiers.0.icon": "star",
});

const badge = ({ badgeId }: Shop): Fields => ({
  badgeId,
  "name.en": "Taken over",
  "about.en": "By the test",
  icon: "star",
  color: "#b45309",
  "rule.kind": "friends",
  "rule.count": "1",
});

export const loyaltyActions: Record<string, ActionEntry> = {
  "admin/[merchant]/loyalty/catalogue/actions.ts saveCatalogueItem": {
    member: "program.edit",
    elsewhere: "not_found",
    fields: ({ itemId }) => ({
      itemId,
      "name.en": "Taken over",
      points: "1",
      "benefit.kind": "gift",
      "benefit.title": "A cup",
    }),
  },
  "admin/[merchant]/loyalty/leaderboards/actions.ts saveLeaderboard": {
    member: "program.edit",
    elsewhere: "not_found",
    fields: ({ program }) => ({
      leaderboardId: `brd${program.id.slice(3)}`,
      "name.en": "Taken over",
      metric: "referrals",
      cadence: "ever",
    }),
  },
  "admin/[merchant]/loyalty/leaderboards/actions.ts switchLeaderboard": {
    member: "program.edit",
    fields: ({ program }) => ({ leaderboardId: `brd${program.id.slice(3)}`, state: "disabled" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/catalogue/actions.ts offerItem": {
    member: "program.edit",
    fields: ({ itemId }) => ({ itemId, state: "disabled" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/catalogue/actions.ts moveCatalogueItem": {
    member: "program.edit",
    fields: ({ itemId }) => ({ itemId, direction: "up" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/catalogue/actions.ts cancelByStaff": {
    member: "reward.decide",
    fields: ({ redemptionId }) => ({ redemptionId, reason: "Because of the test" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/points/actions.ts savePointsCampaign": {
    member: "program.edit",
    fields: ({ campaignId }) => ({ campaignId, name: "Taken over", endsOn: "2099-12-31" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/points/actions.ts endPointsCampaign": {
    member: "program.edit",
    fields: ({ campaignId }) => ({ campaignId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/tiers/actions.ts saveTiers": {
    member: "program.edit",
    fields: ladder,
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/tiers/actions.ts previewTiers": {
    member: "program.edit",
    fields: ladder,
    elsewhere: "nothing_named",
  },
  "admin/[merchant]/loyalty/badges/actions.ts saveBadge": {
    member: "program.edit",
    fields: badge,
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/badges/actions.ts switchBadge": {
    member: "program.edit",
    fields: ({ badgeId }) => ({ badgeId, state: "disabled" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/badges/actions.ts shiftBadge": {
    member: "program.edit",
    fields: ({ badgeId }) => ({ badgeId, direction: "up" }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/loyalty/badges/actions.ts addStarters": {
    member: "program.edit",
    fields: () => ({}),
    elsewhere: "nothing_named",
  },
};
