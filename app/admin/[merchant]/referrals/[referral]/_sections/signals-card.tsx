import { scoreText, SignalList } from "@/components/referral/signal-list";
import { Card, CardHeader } from "@/components/ui/content/card";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { ReferralStory } from "@/lib/referrals/queries/referrals";

type SignalsCardProps = {
  referral: Pick<ReferralStory, "score" | "signals">;
  admin: AdminPaths;
  timeZone: string;
};

/** What speaks against a referral, and what it adds up to. */
export function SignalsCard({ referral, admin, timeZone }: SignalsCardProps) {
  const { score, signals } = referral;
  return (
    <Card>
      <CardHeader title="Signals" description={scoreText(score, signals)} className="mb-4" />
      <SignalList signals={signals} admin={admin} timeZone={timeZone} />
    </Card>
  );
}
