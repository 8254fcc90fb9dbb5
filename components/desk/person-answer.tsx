import type { Asset } from "@/lib/core/money";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Match } from "@/lib/desk/queries/hits";
import type { FoundOrder, FoundPerson } from "@/lib/desk/queries/service-search";
import type { RewardRow } from "@/lib/rewards/queries/rewards";
import { rewardReasonWords } from "@/lib/rewards/schema";
import { Person } from "../customer/person";
import { DecisionList } from "../event/decision-list";
import { ReferralState } from "../referral/referral-state";
import { RewardState } from "../reward/reward-state";
import { rewardWorth } from "../reward/worth";
import { Badge } from "@/components/ui/content/badge";
import { TextLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Code, DateTime, Money } from "@/components/ui/content/display";

const MATCH_WORDS: Record<Match, string> = {
  reward: "Their reward",
  coupon: "Their coupon",
  order: "Their order",
  referral: "Their referral",
  code: "Their share code",
  email: "Email",
  id: "ID",
  name: "Name",
};

type PersonAnswerProps = { person: FoundPerson; admin: AdminPaths; asset: Asset; timeZone: string };

/**
 * A customer who was found, with the answers to most questions: the state of each reward, and what
 * an order led to.
 */
export function PersonAnswer({ person, admin, asset, timeZone }: PersonAnswerProps) {
  const href = admin.customer(person.customerId);
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-semibold">
          <TextLink href={href}>
            <Person person={person} avatar />
          </TextLink>
        </h2>
        <ul aria-label="Found by" className="flex flex-wrap gap-1.5">
          {person.matches.map((match) => (
            <li key={match}>
              <Badge>{MATCH_WORDS[match]}</Badge>
            </li>
          ))}
        </ul>
      </div>
      {person.order ? (
        <OrderAnswer order={person.order} admin={admin} asset={asset} timeZone={timeZone} />
      ) : null}
      {person.referrals.length > 0 ? (
        <ul className="mt-4 flex flex-col gap-1.5 border-t border-line pt-4 text-sm">
          {person.referrals.map((referral) => (
            <li key={referral.id} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <ReferralState state={referral.state} underReview={referral.underReview} />
              <TextLink href={admin.referral(referral.id)}>
                Brought by {referral.advocateName ?? "an advocate"}
              </TextLink>
              <span className="text-ink-muted">{referral.programName}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {person.rewards.length > 0 ? (
        <ul aria-label="Rewards" className="mt-4 divide-y divide-line border-t border-line">
          {person.rewards.map((reward) => (
            <li
              key={reward.id}
              className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-3"
            >
              <div className="min-w-0">
                <TextLink href={admin.reward(reward.id)} className="figure font-medium">
                  {rewardWorth(reward)}
                </TextLink>
                <p className="mt-0.5 text-sm/6 text-ink-muted">
                  {rewardReasonWords(reward.reason)}. <Next reward={reward} timeZone={timeZone} />
                </p>
              </div>
              <RewardState reward={reward} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-4 border-t border-line pt-4 text-sm text-ink-muted">No rewards yet.</p>
      )}
      {person.hasMoreRewards ? (
        <p className="mt-1 text-sm">
          <TextLink href={`${admin.rewards}?customer=${person.customerId}`}>All rewards</TextLink>
        </p>
      ) : null}
    </Card>
  );
}

/** What comes next for a reward, and when. */
function Next({ reward, timeZone }: { reward: RewardRow; timeZone: string }) {
  if (reward.state === "held" && reward.underReview) return <>Its referral is under review.</>;
  if (reward.state === "held")
    return (
      <>
        Released on <DateTime value={reward.heldUntil} timeZone={timeZone} />.
      </>
    );
  if (reward.couponCode)
    return (
      <>
        Code <Code>{reward.couponCode}</Code>
        {reward.expiresAt ? (
          <>
            , until <DateTime value={reward.expiresAt} timeZone={timeZone} />
          </>
        ) : null}
        .
      </>
    );
  return reward.expiresAt && reward.state === "issued" ? (
    <>
      Until <DateTime value={reward.expiresAt} timeZone={timeZone} />.
    </>
  ) : null;
}

function OrderAnswer({
  order,
  admin,
  asset,
  timeZone,
}: { order: FoundOrder } & Omit<PersonAnswerProps, "person">) {
  return (
    <div className="mt-4 flex flex-col gap-3 rounded-control bg-sunken p-4">
      <p className="text-sm">
        <TextLink href={admin.event(order.eventId)}>
          Order <Code>{order.id}</Code>
        </TextLink>{" "}
        for <Money value={{ minor: order.totalMinor, asset }} />,{" "}
        <DateTime value={order.occurredAt} timeZone={timeZone} look="dateTime" />
        {order.refundedMinor > 0n ? (
          <>
            , of which <Money value={{ minor: order.refundedMinor, asset }} /> were refunded
          </>
        ) : null}
        . What it led to:
      </p>
      {order.decisions.length > 0 ? (
        <DecisionList decisions={order.decisions.map(({ code, message }) => ({ code, message }))} />
      ) : (
        <p className="text-sm text-ink-muted">Not processed yet.</p>
      )}
    </div>
  );
}
