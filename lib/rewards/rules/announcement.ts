import { asLocale, type Locale } from "@/lib/core/i18n/locales";
import { type Translate, translator } from "@/lib/core/i18n/translator";
import type { Money } from "@/lib/core/money";
import type { EmailFacts, QueueInput } from "@/lib/messaging/schema";
import { isInPoints } from "@/lib/terms/kinds/benefits";
import { isFrequent } from "@/lib/terms/kinds/triggers";
import { amountWords } from "@/lib/terms/words/amounts";
import { worthWords } from "@/lib/terms/words/promises";
import {
  type FrozenTerms,
  isProductReason,
  reversalReasonOf,
  type ReversalReason,
} from "../schema";

/** What happened to a reward that its owner is to hear of. */
export type RewardNews = {
  rewardId: string;
  /** The step that tells it: one email for each. */
  stepId: string;
  customerId: string;
  programName: string;
  programSlug: string;
  terms: Pick<FrozenTerms, "benefit" | "on">;
  /** As granted, or what is left of a balance that is about to expire; null for no amount. */
  amount: Money | null;
} & (
  | { template: "reward_held"; heldUntil: Date }
  | { template: "reward_available"; couponCode: string | null; expiresAt: Date | null }
  | { template: "reward_given"; note: string | null }
  | { template: "reward_expiring"; couponCode: string | null; expiresAt: Date; waits: boolean }
  | ReversalNews
);

type ReversalNews = {
  template: "reward_reversed";
  state: string;
  reason: string;
  reversalReason: ReversalReason | null;
  /** What the step reversed. */
  stepAmountMinor: bigint | null;
};

export type Announcement = RewardNews["template"];

const ANNOUNCEMENTS: readonly Announcement[] = [
  "reward_held",
  "reward_available",
  "reward_given",
  "reward_expiring",
  "reward_reversed",
];

/** The keys under which emails about steps of a reward may stand in the outbox. */
export function announcementKeys(rewardId: string, stepIds: readonly string[]): string[] {
  return stepIds.flatMap((stepId) =>
    ANNOUNCEMENTS.map((template) => announcementKey({ template, rewardId, stepId })),
  );
}

function announcementKey({
  template,
  rewardId,
  stepId,
}: Pick<RewardNews, "template" | "rewardId" | "stepId">): string {
  return `${template}:${rewardId}:${stepId}`;
}

/**
 * The email to the owner of a reward about what happened to it, in their language; null for owners
 * without an email address, who see it on their page, and for what is not worth an email.
 * @param facts with the owner among the readers
 */
export function emailAbout(news: RewardNews, { shop, contacts }: EmailFacts): QueueInput | null {
  const contact = contacts.get(news.customerId);
  if (!contact?.email || !isWorthAnEmail(news)) return null;
  return emailTo(contact.email, news, asLocale(contact.locale ?? shop.defaultLocale));
}

/** Points of what happens every other day are announced only before they expire. */
export function isWorthAnEmail({ template, terms: { benefit, on } }: RewardNews): boolean {
  return template === "reward_expiring" || !(isInPoints(benefit) && isFrequent(on));
}

function emailTo(recipient: string, news: RewardNews, locale: Locale): QueueInput {
  const { rewardId, programName, programSlug, customerId } = news;
  const t = translator(locale);
  const benefit = worthWords(t, news.terms.benefit, news.amount, locale);
  const about = { programName, programSlug, rewardId, benefit };
  const message = { causeKey: announcementKey(news), customerId, recipient, locale };
  switch (news.template) {
    case "reward_held": {
      const { template, heldUntil } = news;
      return { ...message, template, data: { ...about, heldUntil } };
    }
    case "reward_available": {
      const { template, couponCode, expiresAt } = news;
      return { ...message, template, data: { ...about, couponCode, expiresAt } };
    }
    case "reward_given": {
      const { template, note } = news;
      return { ...message, template, data: { ...about, note } };
    }
    case "reward_expiring": {
      const { template, expiresAt, couponCode, waits } = news;
      return { ...message, template, data: { ...about, expiresAt, couponCode, waits } };
    }
    case "reward_reversed": {
      const data = { ...about, ...reversalOf(news, news.amount, t, locale) };
      return { ...message, template: news.template, data };
    }
  }
}

/** What was voided or reversed, and why. */
function reversalOf(news: ReversalNews, amount: Money | null, t: Translate, locale: Locale) {
  const isWhole = news.state === "voided" || news.state === "reversed";
  const reason = reversalReasonOf(news);
  const isByStaff = reason === "voided_by_staff" || reason === "cancelled_by_shop";
  return {
    part:
      isWhole || amount === null || news.stepAmountMinor === null
        ? null
        : amountWords(t, { minor: news.stepAmountMinor, asset: amount.asset }, locale),
    wasReleased: news.state !== "voided",
    reason,
    words: isByStaff && !isProductReason(news.reason) ? news.reason : null,
  };
}
