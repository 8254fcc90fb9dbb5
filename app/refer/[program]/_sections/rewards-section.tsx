import { watchOf } from "@/lib/terms/rules/applying";
import { RewardList, type RewardItem } from "@/components/refer/rewards/reward-list";
import { Card, CardHeader } from "@/components/ui/content/card";
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
import {
  REWARD_TONES,
  rewardStateLine,
  rewardStateWords,
  rewardWords,
} from "../rewards/reward-words";

const MOST = 100;

/** Balances of points and store credit, and each reward with its state. */
export async function RewardsSection({ t, locale, found: { shop, program }, entry }: HomeContext) {
  const rewards = await rewardsOfCustomer(entry.scope, {
    customerId: entry.customerId,
    programId: program.id,
    limit: MOST,
  });
  const friends = await friendNames(entry.scope, rewards);
  const readerOf = { t, locale, shop: shop.name, timeZone: shop.timeZone };
  const balances = (await holdingsOf(entry.scope, entry.customerId)).filter(
    (balance) => balanceShown(balance) !== 0n || balance.pending > 0n,
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
      <CardHeader title={t("rewards.title")} />
      {balances.length > 0 ? (
        <dl className="mt-4 flex flex-wrap gap-x-8 gap-y-3 rounded-control bg-sunken px-4 py-3">
          {balances.map((balance) => (
            <Balance key={balance.asset} balance={balance} t={t} locale={locale} />
          ))}
        </dl>
      ) : null}
      <div className="mt-4">
        {rewards.length === 0 ? (
          <Empty title={t("rewards.emptyTitle")} bare>
            {t("rewards.emptyBody")}
          </Empty>
        ) : (
          <RewardList rewards={rewards.map(itemOf)} receiptLabel={t("rewards.receipt")} />
        )}
      </div>
    </Card>
  );
}

/** Points or store credit; only what is on hold where there is nothing else. */
function Balance({
  balance: { asset, available, owed, pending },
  t,
  locale,
}: Pick<HomeContext, "t" | "locale"> & { balance: Omit<Balances, "spent"> }) {
  const shown = balanceShown({ available, owed });
  const figure =
    asset === POINTS
      ? new Intl.NumberFormat(locale).format(shown)
      : amountWords(t, { minor: shown, asset }, locale);
  const label = asset === POINTS ? t("refer.points") : t("refer.credit");
  const onHold = amountWords(t, { minor: pending, asset }, locale);
  return (
    <div>
      <dt className="text-[0.8125rem] text-ink-muted">
        {shown === 0n ? t("refer.onHold") : label}
      </dt>
      <dd className="figure text-xl font-semibold tracking-tight">
        {shown === 0n ? onHold : figure}
      </dd>
      {shown !== 0n && pending > 0n ? (
        <dd className="figure text-[0.8125rem] text-ink-muted">
          {t("refer.balancePending", { amount: onHold })}
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
