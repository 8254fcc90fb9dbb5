import { watchOf } from "@/lib/terms/rules/applying";
import { foldRewards } from "@/components/refer/rewards/fold-rewards";
import { RewardList, type RewardItem } from "@/components/refer/rewards/reward-list";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { friendLabel } from "@/lib/customers/rules";
import { POINTS } from "@/lib/core/money";
import { type Balances, balanceShown, holdingsOf } from "@/lib/ledger/queries/balances";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { amountWords } from "@/lib/terms/words/amounts";
import { triggerWords } from "@/lib/terms/words/when";
import { type RewardRow, rewardsOfCustomer } from "@/lib/rewards/queries/rewards";
import type { RewardState } from "@/lib/rewards/schema";
import type { HomeContext } from "../_home/context";
import { REWARD_TONES, rewardStateLine, rewardStateWords, rewardWords } from "./reward-words";

const MOST = 100;

/** The balance of store credit, and each reward with its state; like ones fold into one line. */
export async function RewardsSection({ t, locale, found: { shop, program }, entry }: HomeContext) {
  const rewards = await rewardsOfCustomer(entry.scope, {
    customerId: entry.customerId,
    programId: program.id,
    limit: MOST,
  });
  const friends = await friendNames(entry.scope, rewards);
  const readerOf = { t, locale, shop: shop.name, timeZone: shop.timeZone };
  const balances = (await holdingsOf(entry.scope, entry.customerId)).filter(
    // Points have a part of their own.
    (balance) => balance.asset !== POINTS && (balanceShown(balance) !== 0n || balance.pending > 0n),
  );

  const itemOf = (reward: RewardRow): RewardItem => ({
    id: reward.id,
    href: `/refer/${program.slug}/rewards/${reward.id}`,
    words: rewardWords(reward, readerOf),
    about: aboutOf(reward),
    state: rewardStateWords(
      { state: reward.state as RewardState, kind: reward.terms.benefit.kind },
      t,
    ),
    tone: REWARD_TONES[reward.state as RewardState],
    line: rewardStateLine(reward, readerOf),
    code: reward.couponCode,
  });

  /** What the reward is for. */
  function aboutOf({ side, referralId, ruleId, source }: RewardRow): string {
    if (source === "catalogue") return t("points.forPoints");
    if (source === "season") return t("leaderboard.prize");
    if (source === "goodwill") return t("points.line.given", { shop: shop.name });
    if (side === "friend") return t("rewards.forJoining");
    if (referralId !== null)
      return t("rewards.forFriend", { name: friends.get(referralId) ?? t("friends.someone") });
    const rule = program.terms.rules.find(({ id }) => id === ruleId);
    return rule
      ? triggerWords(t, program.terms, rule, "advocate", locale)
      : t("points.line.earned");
  }

  return (
    <Card>
      {balances.length > 0 ? (
        <dl className="mb-4 flex flex-wrap gap-x-8 gap-y-3 rounded-control bg-sunken px-4 py-3">
          {balances.map((balance) => (
            <Balance key={balance.asset} balance={balance} t={t} locale={locale} />
          ))}
        </dl>
      ) : null}
      <div>
        {rewards.length === 0 ? (
          <Empty title={t("rewards.emptyTitle")} bare>
            {t("rewards.emptyBody")}
          </Empty>
        ) : (
          <RewardList
            rewards={foldRewards(rewards.map(itemOf))}
            receiptLabel={t("rewards.receipt")}
            severalWords={(count, words) => t("rewards.several", { count, words })}
          />
        )}
      </div>
    </Card>
  );
}

/** A balance by its name, with what is on hold. */
function Balance({
  balance: { asset, available, owed, pending },
  t,
  locale,
}: Pick<HomeContext, "t" | "locale"> & { balance: Omit<Balances, "spent"> }) {
  const words = (minor: bigint) => amountWords(t, { minor, asset }, locale);
  return (
    <div>
      <dt className="text-[0.8125rem] text-ink-muted">{t("refer.credit")}</dt>
      <dd className="figure text-xl font-semibold tracking-tight">
        {words(balanceShown({ available, owed }))}
      </dd>
      {pending > 0n ? (
        <dd className="figure text-[0.8125rem] text-ink-muted">
          {t("refer.balancePending", { amount: words(pending) })}
        </dd>
      ) : null}
    </div>
  );
}

/**
 * The friend behind each referral, as an advocate may see them: a friend's friend is a stranger to
 * them.
 */
async function friendNames(
  scope: Scope,
  rewards: readonly RewardRow[],
): Promise<Map<string, string>> {
  const ids = rewards.flatMap(({ referralId, terms }) =>
    referralId && watchOf(terms.on) !== "second_level" ? [referralId] : [],
  );
  const rows = await inScope(scope, ({ db }) =>
    db.referral.findMany({
      where: { merchantId: scope.merchantId, id: { in: ids } },
      select: { id: true, friend: { select: { name: true, email: true } } },
    }),
  );
  return new Map(
    rows.flatMap(({ id, friend }) => {
      const label = friendLabel(friend);
      return label ? [[id, label] as const] : [];
    }),
  );
}
