import type { Shop } from "../testing/shop";
import type { ActionEntry, Fields } from "./entry";

const referral = (shop: Shop): Fields => ({
  referralId: shop.reviewedReferralId,
  reason: "Because of the test",
});

const several = (shop: Shop): Fields => ({
  "referralIds[]": shop.reviewedReferralId,
  reason: "Because of the test",
});

export const referralsActions: Record<string, ActionEntry> = {
  "admin/[merchant]/referrals/actions.ts approve": {
    member: "referral.decide",
    fields: referral,
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts reject": {
    member: "referral.decide",
    fields: referral,
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts undoReject": {
    member: "referral.decide",
    fields: referral,
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts approveMany": {
    member: "referral.decide",
    fields: several,
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts rejectMany": {
    member: "referral.decide",
    fields: several,
    elsewhere: "not_found",
  },
  "admin/[merchant]/referrals/actions.ts undoRejectMany": {
    member: "referral.decide",
    fields: several,
    elsewhere: "not_found",
  },
};
