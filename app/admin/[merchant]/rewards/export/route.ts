import { rewardColumns } from "@/lib/rewards/queries/reward-csv";
import { rewardFilterSchema } from "@/lib/rewards/queries/reward-filter";
import { listRewards } from "@/lib/rewards/queries/rewards";
import { csvRoute } from "@/lib/auth/csv-route";

/** The rewards of the list, as CSV. */
export const GET = csvRoute({
  name: "rewards",
  permission: "referral.read",
  filter: rewardFilterSchema,
  list: listRewards,
  columns: rewardColumns,
});
