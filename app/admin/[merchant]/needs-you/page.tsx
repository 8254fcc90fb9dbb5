import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { WaitingList } from "@/components/desk/waiting-list";
import { Empty } from "@/components/ui/content/empty";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { waitingWork } from "@/lib/desk/queries/waiting";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeNow } from "@/lib/merchants/scope";

export const metadata: Metadata = { title: "Needs you" };

/** How many of each kind are listed; the rest is behind "See all". */
const LISTED = 8;

type Props = { params: Promise<{ merchant: string }> };

/** Everything that waits for a person, wherever in the dashboard it is dealt with. */
export default async function NeedsYouPage({ params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const work = await waitingWork(scope, LISTED);
  return (
    <>
      <PageHeader
        title="Needs you"
        description="What only a person can do, the most urgent first."
      />
      {work.length === 0 ? (
        <Empty title="Nothing needs you right now" icon={<CircleCheck aria-hidden="true" />}>
          Questions, referrals to review, rewards to deliver and anything that went wrong will
          appear here.
        </Empty>
      ) : (
        <WaitingList
          work={work}
          admin={adminPaths(slug)}
          now={scopeNow(scope)}
          timeZone={scope.timeZone}
          asset={scope.asset}
        />
      )}
    </>
  );
}
