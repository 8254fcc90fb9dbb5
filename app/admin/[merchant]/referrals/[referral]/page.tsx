import type { Metadata } from "next";
import { personName } from "@/components/customer/person";
import { ReferralDecisions } from "@/components/referral/referral-decisions";
import { needsReview, ReferralState } from "@/components/referral/referral-state";
import { cameAfterRelease } from "@/components/referral/signal-list";
import { StoryTimeline } from "@/components/referral/story-timeline";
import { rewardWorth } from "@/components/reward/worth";
import { Alert } from "@/components/ui/content/alert";
import { Card, CardHeader } from "@/components/ui/content/card";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { wholeStory } from "@/lib/desk/queries/referral-story";
import { mayReject } from "@/lib/referrals/rules";
import { type ReferralState as State, reasonWords } from "@/lib/referrals/schema";
import { approve, reject, undoReject } from "../actions";
import { SignalsCard } from "./_sections/signals-card";
import { DetailsCard, peopleOf, RewardsCard, TermsCard } from "./_sections/cards";

export const metadata: Metadata = { title: "Referral" };

type Props = { params: Promise<{ merchant: string; referral: string }> };

export default async function ReferralPage({ params }: Props) {
  const { merchant: slug, referral: id } = await params;
  const scope = await requireMember(slug, "referral.read");
  const { referral, terms, rewards, entries } = await found(wholeStory(scope, id));
  const { timeZone } = scope;
  const admin = adminPaths(slug);
  const { friend, advocate } = peopleOf(referral);
  const waits = needsReview(referral);
  const mayDecide = scopeAllows(scope, "referral.decide");
  const rejected = referral.state === "rejected";
  const signals =
    referral.signals.length > 0 ? (
      <SignalsCard referral={referral} admin={admin} timeZone={timeZone} />
    ) : null;
  return (
    <>
      <PageHeader
        title={personName(friend)}
        status={<ReferralState {...referral} isClaimed={referral.provenAt === null} />}
        description={
          <>
            {reasonWords(referral.reason)}. Invited by {personName(advocate)}.
          </>
        }
        breadcrumbs={[{ label: "Referrals", href: admin.referrals }]}
        actions={
          mayDecide ? (
            <ReferralDecisions
              referralId={referral.id}
              may={{ approve: waits, reject: mayReject(referral.state as State), undo: rejected }}
              approve={approve.bind(null, slug)}
              reject={reject.bind(null, slug)}
              undo={undoReject.bind(null, slug)}
            />
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        {waits ? <ReviewAlert isReleased={cameAfterRelease(referral.signals)} /> : null}
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
          <div className="flex min-w-0 flex-col gap-6">
            {/* Who decides reads first what speaks against it. */}
            {waits ? signals : null}
            <Card>
              <CardHeader title="History" className="mb-5" />
              <StoryTimeline
                entries={entries}
                asset={scope.asset}
                timeZone={timeZone}
                admin={admin}
                mayReadEmails={scopeAllows(scope, "outbox.read")}
                worth={new Map(rewards.map((reward) => [reward.id, rewardWorth(reward)]))}
              />
            </Card>
          </div>
          <div className="flex flex-col gap-6">
            <DetailsCard referral={referral} admin={admin} timeZone={timeZone} />
            {waits ? null : signals}
            {rewards.length > 0 ? <RewardsCard rewards={rewards} admin={admin} /> : null}
            <TermsCard version={referral.programVersion} terms={terms} timeZone={timeZone} />
          </div>
        </div>
      </div>
    </>
  );
}

function ReviewAlert({ isReleased }: { isReleased: boolean }) {
  return (
    <Alert tone="warn" title="This referral needs your review">
      {isReleased
        ? "Its rewards were already released; rejecting it reverses them."
        : "What is on hold stays on hold until you decide."}
    </Alert>
  );
}
