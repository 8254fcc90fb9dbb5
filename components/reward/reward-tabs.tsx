import { Tabs } from "@/components/ui/page/tabs";
import type { AdminPaths } from "@/lib/merchants/paths";

type RewardTabsProps = {
  admin: AdminPaths;
  counts: { tasks: number; openPayouts: number };
};

/** The parts of the rewards section. */
export function RewardTabs({ admin, counts }: RewardTabsProps) {
  return (
    <Tabs
      label="Rewards"
      tabs={[
        { label: "All", href: admin.rewards, exact: true },
        { label: "To deliver", href: admin.rewardTasks, count: counts.tasks },
        {
          label: "Payouts",
          href: admin.payouts,
          ...(counts.openPayouts > 0 && { count: counts.openPayouts }),
        },
        { label: "Coupon pools", href: admin.couponPools },
      ]}
    />
  );
}
