import type { Metadata } from "next";
import { Person, personName } from "@/components/customer/person";
import { ReferralDecisions } from "@/components/referral/referral-decisions";
import { needsReview, ReferralState } from "@/components/referral/referral-state";
import { StoryTimeline } from "@/components/referral/story-timeline";
import { RewardState } from "@/components/reward/reward-state";
import { rewardWorth } from "@/components/reward/worth";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Code, DateTime } from "@/components/ui/content/display";
import { Disclosure } from "@/components/ui/content/disclosure";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { wholeStory } from "@/lib/desk/queries/referral-story";
import { wordTerms } from "@/lib/terms/words/changes";
import { mayReject } from "@/lib/referrals/rules";
import { type ReferralState as State, reasonWords } from "@/lib/referrals/schema";
import { approve, reject, undoReject } from "../actions";

export const metadata: Metadata = { title: "Referral" };

type Props = { params: Promise<{ merchant: string; referral: string }> };

export default async function ReferralPage({ params }: Props) {
  const { merchant: slug, referral: id } = await params;
  const scope = await requireMember(slug, "referral.read");
  const { referral, terms, rewards, entries } = await found(wholeStory(scope, id));
  const { timeZone } = scope;
  const admin = adminPaths(slug);
  const friend = {
    name: referral.friendName,
    email: referral.friendEmail,
    externalId: referral.friendExternalId,
  };
  const advocate = {
    name: referral.advocateName,
    email: referral.advocateEmail,
    externalId: referral.advocateExternalId,
  };
  const waits = needsReview(referral);
  const mayDecide = scopeAllows(scope, "referral.decide");
  const rejected = referral.state === "rejected";
  return (
    <>
      <PageHeader
        title={personName(friend)}
        status={<ReferralState state={referral.state} underReview={referral.underReview} />}
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
        {waits ? (
          <Alert tone="warn" title="This referral needs your review">
            {referral.signals.map(({ detail }) => detail).join(" ")} Its rewards stay on hold until
            you decide.
          </Alert>
        ) : null}
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
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
          <div className="flex flex-col gap-6">
            <Card>
              <CardHeader title="Details" className="mb-4" />
              <DefinitionList
                layout="stacked"
                items={[
                  {
                    term: "Friend",
                    value: (
                      <TextLink href={admin.customer(referral.friendId)}>
                        <Person person={friend} />
                      </TextLink>
                    ),
                  },
                  {
                    term: "Invited by",
                    value: (
                      <TextLink href={admin.customer(referral.advocateCustomerId)}>
                        <Person person={advocate} />
                      </TextLink>
                    ),
                  },
                  {
                    term: "Program",
                    value: (
                      <TextLink href={admin.program(referral.programId)}>
                        {referral.programName}
                      </TextLink>
                    ),
                  },
                  { term: "Code", value: <Code>{referral.code}</Code> },
                  {
                    term: "Came through",
                    value: CAME_BY[referral.attributedBy] ?? referral.attributedBy,
                    hint: referral.channel ? `Shared by ${referral.channel}` : undefined,
                  },
                  {
                    term: "Must qualify by",
                    value: <DateTime value={referral.expiresAt} timeZone={timeZone} />,
                    hint: referral.state === "joined" ? "It expires then" : undefined,
                  },
                  { term: "ID", value: <Code>{referral.id}</Code> },
                ]}
              />
            </Card>
            {rewards.length > 0 ? (
              <Card>
                <CardHeader title="Rewards" className="mb-4" />
                <DefinitionList
                  layout="stacked"
                  items={rewards.map((reward) => ({
                    term: <>For the {reward.side}</>,
                    value: (
                      <span className="flex flex-col items-start gap-1.5">
                        <TextLink href={admin.reward(reward.id)}>{rewardWorth(reward)}</TextLink>
                        <RewardState reward={reward} />
                      </span>
                    ),
                  }))}
                />
              </Card>
            ) : null}
            <Card>
              <CardHeader
                title={`Version ${referral.programVersion} applies`}
                description="The terms in effect when the friend came. Later versions don’t affect it."
                className="mb-3"
              />
              <Disclosure summary="Show terms">
                <div className="text-ink">
                  <DefinitionList
                    layout="stacked"
                    items={wordTerms(terms, timeZone).map(({ label, value }) => ({
                      term: label,
                      value,
                    }))}
                  />
                </div>
              </Disclosure>
            </Card>
          </div>
        </div>
      </div>
    </>
  );
}

const CAME_BY: Record<string, string> = {
  claim: "An accepted invitation",
  click: "The share link",
  code: "The code",
  discount_code: "The code at checkout",
  visitor: "An earlier click",
  manual: "Added by your team",
};
