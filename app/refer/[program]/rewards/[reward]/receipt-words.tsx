import { dateFormat } from "@/lib/core/zones/format";
import { watchOf } from "@/lib/terms/rules/applying";
import type { Definition } from "@/components/ui/content/definition-list";
import { DateTime } from "@/components/ui/content/display";
import type { TimelineStep } from "@/components/ui/content/timeline";
import { currencyAsset, formatMoney } from "@/lib/core/money";
import { friendLabel, shownName } from "@/lib/customers/rules";
import type { Terms } from "@/lib/terms/schema";
import { amountWords } from "@/lib/terms/words/amounts";
import { benefitWords, holdWords } from "@/lib/terms/words/promises";
import { triggerWords } from "@/lib/terms/words/when";
import type { Receipt, RewardStepRow } from "@/lib/rewards/queries/rewards";
import { explanationLines } from "@/lib/rewards/words";
import { isProductReason, reversalReasonOf, type RewardState } from "@/lib/rewards/schema";
import {
  REWARD_TONES,
  rewardAmount,
  type RewardReader,
  rewardStateLine,
  rewardStateWords,
  rewardWords,
} from "../reward-words";

/**
 * The rule under which a reward was granted, in sentences.
 * @param terms the version that applied
 */
export function ruleWords(reward: Receipt, terms: Terms, { t, locale }: RewardReader): string[] {
  const rule = terms.rules.find(({ id }) => id === reward.ruleId);
  const { currency, holdDays } = reward.terms;
  return [
    benefitWords(t, reward.terms, currency, locale),
    ...(rule ? [triggerWords(t, terms, rule, reward.side, locale)] : []),
    holdWords(t, holdDays),
  ];
}

/** When it is or was released, and why then. */
export function releaseWords(reward: Receipt, by: RewardReader): string[] {
  const { t, locale, shop, timeZone } = by;
  const day = (date: Date) => dateFormat(locale, { dateStyle: "long", timeZone }).format(date);
  const { holdDays: days } = reward.terms;
  const released = reward.steps.find((step) => step.state === "available");
  const lines: string[] = [];
  if (reward.state === "held") {
    const date = day(reward.heldUntil);
    lines.push(
      reward.underReview
        ? t("receipt.releaseReview", { shop, date })
        : t("receipt.releaseHeld", { date, days }),
    );
  } else if (!released) {
    lines.push(t("receipt.releaseNever"), rewardStateLine(reward, by));
  } else {
    lines.push(
      days === 0
        ? t("receipt.releaseAtOnce")
        : t("receipt.releaseDone", { date: day(released.at), days }),
    );
  }
  if (reward.expiresAt && reward.state === "issued")
    lines.push(t("receipt.expires", { date: day(reward.expiresAt) }));
  if (reward.expiresAt && reward.state === "available")
    lines.push(t("receipt.expiresUnissued", { date: day(reward.expiresAt) }));
  return lines;
}

/**
 * The friend's name, or null for a friend's friend: they gave their name only to the person they
 * know.
 */
function friendOf({ terms, friendName, friendEmail }: Receipt): string | null {
  return watchOf(terms.on) === "second_level"
    ? null
    : friendLabel({ name: friendName, email: friendEmail });
}

/**
 * A friend's order is the friend's business: its number and total stay off the advocate's receipt.
 */
function isOwnOrder({ side, terms }: Receipt): boolean {
  return side === "friend" || watchOf(terms.on) === "own_purchase";
}

/** How its amount was worked out, as far as that is its owner's to see. */
export function workedWords(reward: Receipt, { t, locale }: RewardReader): string[] {
  const own = reward.side === "friend" ? "friend_purchases" : "confirmed_referrals";
  return explanationLines(reward, {
    t,
    locale,
    seesOrder: isOwnOrder(reward),
    seesCount: (of) => of === own || of === "own_purchases",
  });
}

/** The facts on which the reward was granted. */
export function factsOf(reward: Receipt, by: RewardReader): Definition[] {
  const { t, locale, timeZone } = by;
  const { facts } = reward;
  const amount = rewardAmount(reward);
  const order =
    facts.orderMinor === null
      ? null
      : { minor: BigInt(facts.orderMinor), asset: currencyAsset(facts.currency) };
  const other =
    reward.side === "advocate"
      ? { term: t("receipt.friend"), value: friendOf(reward) ?? t("friends.someone") }
      : {
          term: t("receipt.invitedBy"),
          value:
            shownName({ name: reward.advocateName, email: reward.advocateEmail }) ??
            t("friends.someone"),
        };
  const seesOrder = isOwnOrder(reward);
  return [
    { term: t("receipt.program"), value: reward.programName },
    ...(reward.referralId ? [other] : []),
    {
      term: t("receipt.granted"),
      value: (
        <DateTime value={reward.grantedAt} timeZone={timeZone} locale={locale} look="dateTime" />
      ),
    },
    ...(reward.orderId && seesOrder ? [{ term: t("receipt.order"), value: reward.orderId }] : []),
    ...(order && seesOrder
      ? [{ term: t("receipt.orderTotal"), value: formatMoney(order, locale) }]
      : []),
    {
      term: t("receipt.worth"),
      value: amount ? amountWords(t, amount, locale) : rewardWords(reward, by),
    },
    ...(amount && reward.reversedMinor > 0n
      ? [
          {
            term: t("receipt.reversed"),
            value: amountWords(t, { minor: reward.reversedMinor, asset: amount.asset }, locale),
          },
        ]
      : []),
    ...(amount && reward.withheldMinor > 0n
      ? [
          {
            term: t("receipt.withheld"),
            value: amountWords(t, { minor: reward.withheldMinor, asset: amount.asset }, locale),
          },
        ]
      : []),
    ...(reward.note ? [{ term: t("rewards.note", { shop: by.shop }), value: reward.note }] : []),
    {
      term: t("receipt.number"),
      value: <span className="font-mono text-[0.8125rem]">{reward.id}</span>,
    },
  ];
}

/** The titles of steps that moved a part of the reward. */
const PART_TITLES: Partial<Record<string, Parameters<RewardReader["t"]>[0]>> = {
  partly_refunded: "receipt.step.partlyReversed",
  kept_back: "receipt.step.withheld",
  recovered: "receipt.step.recovered",
  repayment_returned: "receipt.step.returned",
};

/** Each step in order of time; while the reward is on hold, also the release that comes next. */
export function stepsOf(
  reward: Receipt,
  { t, locale, shop, timeZone }: RewardReader,
): TimelineStep[] {
  const at = (date: Date) => (
    <DateTime value={date} timeZone={timeZone} locale={locale} look="dateTime" />
  );
  const amount = rewardAmount(reward);
  const last = reward.steps.length - 1;
  const steps = reward.steps.map((step, index): TimelineStep => {
    const { id, state, reason, at: when, amountMinor } = step;
    const part =
      amount && amountMinor !== null
        ? { amount: amountWords(t, { minor: amountMinor, asset: amount.asset }, locale) }
        : null;
    return {
      key: id,
      at: at(when),
      state: index === last ? "current" : "done",
      tone: REWARD_TONES[state as RewardState],
      title:
        (part && PART_TITLES[reason] && t(PART_TITLES[reason], part)) ??
        stateTitle(state as RewardState, index),
      reason: reasonWords(step),
    };
  });
  const next: TimelineStep = {
    key: "next",
    title: t("receipt.step.available"),
    at: at(reward.heldUntil),
    state: "next",
  };
  return reward.state === "held" ? [...steps, next] : steps;

  /** "Released" for the first step to `available`; the one after it says what comes next. */
  function stateTitle(state: RewardState, index: number): string {
    const isRepeated = reward.steps[index - 1]?.state === state;
    return state === "issued" || state === "used" || (state === "available" && isRepeated)
      ? rewardStateWords({ state, kind: reward.terms.benefit.kind }, t)
      : t(`receipt.step.${state}`);
  }

  /** The product's reasons in the reader's language; a member's own words as they were written. */
  function reasonWords(step: RewardStepRow): string {
    if (!isProductReason(step.reason)) return step.reason;
    const isReversal = step.state === "voided" || step.state === "reversed";
    return isReversal && step.reason !== "recovered"
      ? t(`rewards.reversal.${reversalReasonOf(step)}`, { shop })
      : t(`rewards.reason.${step.reason}`);
  }
}
