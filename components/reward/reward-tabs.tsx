import { Tabs } from "@/components/ui/page/tabs";

type RewardTabsProps = {
  /** The path of the list of rewards. */
  base: string;
  counts: { tasks: number; openPayouts: number };
};

/** The parts of the rewards section. */
export function RewardTabs({ base, counts }: RewardTabsProps) {
  return (
    <Tabs
      label="Rewards"
      tabs={[
        { label: "All", href: base, exact: true },
        { label: "To deliver", href: `${base}/to-do`, count: counts.tasks },
        {
          label: "Payouts",
          href: `${base}/payouts`,
          ...(counts.openPayouts > 0 && { count: counts.openPayouts }),
        },
        { label: "Coupon pools", href: `${base}/pools` },
      ]}
    />
  );
}
