import { referralColumns } from "@/lib/referrals/queries/referral-csv";
import { listReferrals, referralFilterSchema } from "@/lib/referrals/queries/referrals";
import { csvRoute } from "@/lib/auth/csv-route";

/** The referrals of the list, as CSV. */
export const GET = csvRoute({
  name: "referrals",
  permission: "referral.read",
  filter: referralFilterSchema,
  list: listReferrals,
  columns: referralColumns,
});
