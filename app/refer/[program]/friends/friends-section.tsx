import { FriendList, type FriendItem } from "@/components/refer/friends/friend-list";
import type { Tone } from "@/components/ui/content/badge";
import { Card } from "@/components/ui/content/card";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { dateFormat } from "@/lib/core/zones/format";
import { friendLabel } from "@/lib/customers/rules";
import { friendsOf, type FriendProgress } from "@/lib/referrals/queries/friends";
import type { ReferralState } from "@/lib/referrals/schema";
import type { HomeContext } from "../_home/context";

const FIRST = 10;
const MOST = 500;

const TONES: Record<ReferralState, Tone> = {
  clicked: "neutral",
  joined: "accent",
  qualified: "good",
  rewarded: "good",
  rejected: "bad",
  expired: "neutral",
  reversed: "bad",
};

/** Each friend by first name or masked email address, with their progress and its date. */
export async function FriendsSection({
  t,
  locale,
  found,
  entry,
  part,
  all,
}: HomeContext & { all: boolean }) {
  const limit = all ? MOST : FIRST;
  const rows = await friendsOf(entry.scope, { advocateId: part.advocate.id, limit: limit + 1 });
  const friends = rows.slice(0, limit);
  const day = dateFormat(locale, {
    dateStyle: "medium",
    timeZone: found.shop.timeZone,
  });

  const itemOf = (friend: FriendProgress): FriendItem => {
    const state = friend.state as ReferralState;
    const at = friend.qualifiedAt ?? friend.joinedAt ?? friend.createdAt;
    const waits = friend.underReview && (state === "joined" || state === "qualified");
    const answers = friend.isClaimed && (state === "joined" || state === "expired");
    return {
      id: friend.id,
      name: friendLabel(friend) ?? t("friends.someone"),
      state: waits ? t("friends.review") : t(`friends.state.${state}`),
      tone: waits ? "warn" : TONES[state],
      hint: answers ? t(`friends.unanswered.${state}`) : t(`friends.hint.${state}`),
      date: { text: day.format(at), iso: at.toISOString() },
    };
  };

  return (
    <Card>
      <div>
        {friends.length === 0 ? (
          <Empty title={t("friends.emptyTitle")} bare>
            {t("friends.emptyBody")}
          </Empty>
        ) : (
          <FriendList friends={friends.map(itemOf)} />
        )}
        {rows.length > limit && !all ? (
          <ButtonLink
            className="mt-4"
            size="sm"
            href={`/refer/${found.program.slug}/friends?all=1`}
            scroll={false}
          >
            {t("friends.more")}
          </ButtonLink>
        ) : null}
      </div>
    </Card>
  );
}
