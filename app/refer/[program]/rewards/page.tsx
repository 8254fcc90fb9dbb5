import { CustomerFrame } from "../_home/customer-frame";
import { loadHome } from "../_home/load-home";
import { Missing } from "../missing";
import { PayoutCard } from "./payout-card";
import { RewardsSection } from "./rewards-section";

type Props = { params: Promise<{ program: string }> };

/** What a customer has earned: their balance, and each reward with its receipt. */
export default async function RewardsPage({ params }: Props) {
  const context = await loadHome((await params).program);
  if (!context) return <Missing />;
  const { t, found, entry } = context;
  return (
    <CustomerFrame found={found} entry={entry}>
      <h1 className="text-[1.75rem]/9 font-semibold tracking-tight">{t("rewards.title")}</h1>
      <PayoutCard {...context} />
      <RewardsSection {...context} />
    </CustomerFrame>
  );
}
