import { csvRoute } from "@/lib/auth/csv-route";
import { listRedemptions, redemptionFilterSchema } from "@/lib/loyalty/catalogue/queries";
import { redemptionColumns } from "@/lib/loyalty/catalogue/queries/redemption-csv";

/** The redemptions of the list, as CSV. */
export const GET = csvRoute({
  name: "redemptions",
  permission: "referral.read",
  filter: redemptionFilterSchema,
  list: listRedemptions,
  columns: redemptionColumns,
});
