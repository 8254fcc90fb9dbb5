import { Person } from "@/components/customer/person";
import { RewardState } from "@/components/reward/reward-state";
import { rewardWorth } from "@/components/reward/worth";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Disclosure } from "@/components/ui/content/disclosure";
import { Code, DateTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import type { wholeStory } from "@/lib/desk/queries/referral-story";
import type { AdminPaths } from "@/lib/merchants/paths";
import { proofWords } from "@/lib/referrals/schema";
import { wordTerms } from "@/lib/terms/words/changes";

type Story = Awaited<ReturnType<typeof wholeStory>>;

/** The two people of a referral, as they are shown. */
export function peopleOf(referral: Story["referral"]) {
  return {
    friend: {
      name: referral.friendName,
      email: referral.friendEmail,
      externalId: referral.friendExternalId,
    },
    advocate: {
      name: referral.advocateName,
      email: referral.advocateEmail,
      externalId: referral.advocateExternalId,
    },
  };
}

const CAME_BY: Record<string, string> = {
  claim: "An accepted invitation",
  click: "The share link",
  code: "The code",
  discount_code: "The code at checkout",
  visitor: "An earlier click",
  manual: "Added by your team",
};

const UNPROVEN_HINT =
  "Somebody typed the friend’s address into the invitation. The advocate earns nothing by it " +
  "until the friend answers our email or uses their coupon, or your server names them with the " +
  "code.";
const HELD_BACK_HINT =
  " The friend’s own reward waits too: the day’s limit of invitations that nobody has answered " +
  "was reached.";

type DetailsCardProps = { referral: Story["referral"]; admin: AdminPaths; timeZone: string };

/** Who, in which program, by which code, until when. */
export function DetailsCard({ referral, admin, timeZone }: DetailsCardProps) {
  const { friend, advocate } = peopleOf(referral);
  return (
    <Card>
      <CardHeader title="Details" className="mb-4" />
      <DefinitionList
        layout="stacked"
        items={[
          {
            term: "Friend",
            value: (
              <TextLink href={admin.customer(referral.friendId)}>
                <Person person={friend} whole />
              </TextLink>
            ),
          },
          {
            term: "Invited by",
            value: (
              <TextLink href={admin.customer(referral.advocateCustomerId)}>
                <Person person={advocate} whole />
              </TextLink>
            ),
          },
          {
            term: "Program",
            value: (
              <TextLink href={admin.program(referral.programId)}>{referral.programName}</TextLink>
            ),
          },
          { term: "Code", value: <Code>{referral.code}</Code> },
          {
            term: "Came through",
            value: CAME_BY[referral.attributedBy] ?? referral.attributedBy,
            hint: referral.channel ? `Shared by ${referral.channel}` : undefined,
          },
          {
            term: "Proven",
            value: referral.provenBy ? proofWords(referral.provenBy) : "Not yet",
            hint: referral.provenAt ? (
              <DateTime value={referral.provenAt} timeZone={timeZone} />
            ) : (
              UNPROVEN_HINT + (referral.heldBack ? HELD_BACK_HINT : "")
            ),
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
  );
}

type RewardsCardProps = { rewards: Story["rewards"]; admin: AdminPaths };

/** The rewards of a referral, each with its state. */
export function RewardsCard({ rewards, admin }: RewardsCardProps) {
  return (
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
  );
}

type TermsCardProps = { version: number; terms: Story["terms"]; timeZone: string };

/** The terms that apply to a referral. */
export function TermsCard({ version, terms, timeZone }: TermsCardProps) {
  return (
    <Card>
      <CardHeader
        title={`Version ${version} applies`}
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
  );
}
