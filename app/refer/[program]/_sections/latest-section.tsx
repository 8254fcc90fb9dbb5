import { Link } from "@/components/ui/controls/link";
import { DAY_MS } from "@/lib/core/time";
import { dateFormat } from "@/lib/core/zones/format";
import { friendLabel } from "@/lib/customers/rules";
import { scopeNow } from "@/lib/merchants/scope";
import { friendsOf } from "@/lib/referrals/queries/friends";
import type { ReferralState } from "@/lib/referrals/schema";
import { rewardsOfCustomer } from "@/lib/rewards/queries/rewards";
import type { RewardState } from "@/lib/rewards/schema";
import type { HomeContext } from "../_home/context";
import { rewardStateWords, rewardWords } from "../rewards/reward-words";

/** So many lines, and not older than so many days: the rest is in the parts they lead to. */
const SHOWN = 3;
const NEW_DAYS = 14;

type Line = { key: string; href: string; words: string; at: Date };

/** What happened last: a friend's step, a reward. */
export async function LatestSection(context: HomeContext) {
  const { t, locale, entry, found } = context;
  const oldest = new Date(scopeNow(entry.scope).getTime() - NEW_DAYS * DAY_MS);
  const lines = [...(await friendLines(context)), ...(await rewardLines(context))]
    .filter(({ at }) => at >= oldest)
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, SHOWN);
  if (lines.length === 0) return null;
  const day = dateFormat(locale, { month: "short", day: "numeric", timeZone: found.shop.timeZone });
  return (
    <section aria-labelledby="latest" className="rounded-card border border-line bg-surface p-4">
      <h2 id="latest" className="text-sm font-medium text-accent-text">
        {t("refer.latest")}
      </h2>
      <ul className="mt-1.5 flex flex-col">
        {lines.map(({ key, href, words, at }) => (
          <li key={key} className="flex items-baseline justify-between gap-4 py-1 text-sm/6">
            <Link href={href} className="min-w-0 rounded-sm hover:underline">
              {words}
            </Link>
            <time dateTime={at.toISOString()} className="figure shrink-0 text-ink-muted">
              {day.format(at)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function friendLines({ t, entry, part, found }: HomeContext): Promise<Line[]> {
  const friends = await friendsOf(entry.scope, { advocateId: part.advocate.id, limit: SHOWN });
  return friends.map((friend) => ({
    key: friend.id,
    href: `/refer/${found.program.slug}/friends`,
    words: t("refer.friendStep", {
      name: friendLabel(friend) ?? t("friends.someone"),
      state: t(`friends.state.${friend.state as ReferralState}`),
    }),
    at: friend.qualifiedAt ?? friend.joinedAt ?? friend.createdAt,
  }));
}

async function rewardLines({ t, locale, entry, found }: HomeContext): Promise<Line[]> {
  const { program, shop } = found;
  const rewards = await rewardsOfCustomer(entry.scope, {
    customerId: entry.customerId,
    programId: program.id,
    limit: SHOWN,
  });
  const by = { t, locale, shop: shop.name, timeZone: shop.timeZone };
  return rewards.map((reward) => ({
    key: reward.id,
    href: `/refer/${program.slug}/rewards/${reward.id}`,
    words: t("refer.rewardStep", {
      reward: rewardWords(reward, by),
      state: rewardStateWords(
        { state: reward.state as RewardState, kind: reward.terms.benefit.kind },
        t,
      ),
    }),
    at: reward.issuedAt ?? reward.availableAt ?? reward.grantedAt,
  }));
}
