import { publicUrl } from "@/lib/core/address";
import type { TemplateName } from "../schema";
import { PAYOUT_TEMPLATES } from "./payouts";
import { dateWords, type Template } from "./template";

/** The words of each email to a customer. */
export const CUSTOMER_TEMPLATES: { [T in TemplateName]: Template<T> } = {
  ...PAYOUT_TEMPLATES,

  joined: ({ t, shop }, { code, youGet, friendGets, programSlug }) => ({
    subject: t("email.joined.subject", { shop: shop.name }),
    preview: t("email.joined.preview"),
    title: t("email.joined.title"),
    paragraphs: [
      t("email.joined.body", { shop: shop.name }),
      ...(friendGets ? [t("email.joined.friendGets", { benefit: friendGets })] : []),
      ...(youGet ? [t("email.joined.youGet", { benefit: youGet })] : []),
      t("email.joined.code", { code }),
    ],
    code: publicUrl(`/r/${code}`),
    button: { label: t("email.joined.button"), url: publicUrl(`/refer/${programSlug}`) },
  }),

  welcome: ({ t, shop }, { advocateName, benefits, coupon, answerUrl }) => ({
    subject: t("email.welcome.subject", { shop: shop.name }),
    preview: advocateName
      ? t("email.welcome.preview", { advocate: advocateName })
      : t("email.welcome.bodyNameless"),
    title: t("email.welcome.title", { shop: shop.name }),
    paragraphs: [
      advocateName
        ? t("email.welcome.body", { advocate: advocateName })
        : t("email.welcome.bodyNameless"),
      ...benefits.map((benefit) => t("email.welcome.benefit", { benefit })),
      ...(coupon ? [t("email.welcome.coupon", coupon)] : []),
      ...(answerUrl ? [t("email.welcome.ask")] : []),
    ],
    ...(coupon && { code: coupon.code }),
    button: answerUrl
      ? { label: t("email.welcome.answer"), url: answerUrl }
      : shop.shopUrl
        ? { label: t("email.welcome.button", { shop: shop.name }), url: shop.shopUrl }
        : null,
  }),

  friend_joined: ({ t, shop }, { friendName, benefit, when, isClaimed, programSlug }) => ({
    // Whoever joins chooses their name: what a stranger wrote stays out of the subject.
    subject: t("email.friendJoined.subject"),
    preview: t("email.friendJoined.preview"),
    title: t("email.friendJoined.title", { friend: friendName }),
    paragraphs: [
      t("email.friendJoined.body", { shop: shop.name }),
      ...(benefit && when
        ? [t("email.friendJoined.next", { benefit, when: lowerFirst(when) })]
        : []),
      ...(isClaimed ? [t("email.friendJoined.unanswered")] : []),
    ],
    button: { label: t("email.friendJoined.button"), url: publicUrl(`/refer/${programSlug}`) },
  }),

  friends_joined: ({ t, shop }, { friends, count, programSlug }) => ({
    subject: t("email.friendsJoined.subject"),
    preview: t("email.friendsJoined.preview"),
    title: t("email.friendsJoined.title", { count }),
    paragraphs: [
      t("email.friendsJoined.body", { shop: shop.name }),
      ...friends.map((name) => `• ${name}`),
      ...(count > friends.length
        ? [t("email.friendsJoined.more", { count: count - friends.length })]
        : []),
    ],
    button: { label: t("email.friendsJoined.button"), url: publicUrl(`/refer/${programSlug}`) },
  }),

  reward_held: (context, { benefit, heldUntil, programSlug, rewardId }) => {
    const { t, shop } = context;
    const date = dateWords(context, heldUntil);
    return {
      subject: t("email.rewardHeld.subject", { benefit }),
      preview: t("email.rewardHeld.preview", { date }),
      title: t("email.rewardHeld.title", { benefit }),
      paragraphs: [t("email.rewardHeld.body", { date, shop: shop.name })],
      button: receiptButton(t("email.rewardHeld.button"), programSlug, rewardId),
    };
  },

  reward_available: (context, { benefit, couponCode, expiresAt, programSlug, rewardId }) => {
    const { t, shop } = context;
    return {
      subject: t("email.rewardAvailable.subject", { benefit }),
      preview: t("email.rewardAvailable.preview", { shop: shop.name }),
      title: t("email.rewardAvailable.title", { benefit }),
      paragraphs: [
        t("email.rewardAvailable.body", { shop: shop.name }),
        ...(couponCode ? [t("email.rewardAvailable.coupon", { code: couponCode })] : []),
        ...(expiresAt
          ? [t("email.rewardAvailable.expires", { date: dateWords(context, expiresAt) })]
          : []),
      ],
      ...(couponCode && { code: couponCode }),
      button: receiptButton(t("email.rewardAvailable.button"), programSlug, rewardId),
    };
  },

  reward_given: ({ t, shop }, { benefit, note, programSlug, rewardId }) => ({
    subject: t("email.rewardDelivered.subject", { benefit }),
    preview: t("email.rewardDelivered.preview", { shop: shop.name }),
    title: t("email.rewardDelivered.title", { benefit }),
    paragraphs: [
      t("email.rewardDelivered.body", { shop: shop.name }),
      ...(note ? [t("email.rewardDelivered.note", { note })] : []),
    ],
    button: receiptButton(t("email.rewardDelivered.button"), programSlug, rewardId),
  }),

  reward_expiring: (context, { benefit, expiresAt, couponCode, waits, programSlug, rewardId }) => {
    const { t, shop } = context;
    const date = dateWords(context, expiresAt);
    return {
      subject: t("email.rewardExpiring.subject", { benefit, date }),
      preview: t("email.rewardExpiring.preview"),
      title: t("email.rewardExpiring.title", { benefit, date }),
      paragraphs: [
        t(waits ? "email.rewardExpiring.waits" : "email.rewardExpiring.use", {
          shop: shop.name,
          date,
        }),
      ],
      ...(couponCode && { code: couponCode }),
      button: receiptButton(t("email.rewardExpiring.button"), programSlug, rewardId),
    };
  },

  reward_reversed: ({ t, shop: { name: shop } }, data) => {
    const { benefit, part, reason, words, programSlug, rewardId } = data;
    const button = receiptButton(t("email.rewardReversed.button"), programSlug, rewardId);
    if (part) {
      return {
        subject: t("email.rewardReversed.partTitle"),
        preview: t("email.rewardReversed.partPreview"),
        title: t("email.rewardReversed.partTitle"),
        paragraphs: [t("email.rewardReversed.partBody", { amount: part })],
        button,
      };
    }
    const isCancelled = reason === "cancelled_by_customer" || reason === "cancelled_by_shop";
    const end = isCancelled ? "cancelled" : data.wasReleased ? "reversed" : "voided";
    return {
      subject: t(`email.rewardReversed.subject.${end}`),
      preview: t(`rewards.reversal.${reason}`, { shop }),
      title: t(`email.rewardReversed.title.${end}`, { benefit }),
      paragraphs: [
        t(`email.rewardReversed.body.${reason}`, { shop }),
        ...(words ? [t("email.rewardReversed.words", { reason: words })] : []),
      ],
      button,
    };
  },

  tier_reached: (context, { tier, benefits, keepUntil, programSlug }) => {
    const { t, shop } = context;
    return {
      subject: t("email.tierReached.subject", { tier, shop: shop.name }),
      preview: t("email.tierReached.preview"),
      title: t("email.tierReached.title", { tier }),
      paragraphs: [
        t("email.tierReached.body", { tier, date: dateWords(context, keepUntil) }),
        ...(benefits ? [benefits] : []),
      ],
      button: {
        label: t("email.tierReached.button"),
        url: publicUrl(`/refer/${programSlug}/tiers`),
      },
    };
  },

  review_answered: ({ t, shop }, { benefit, answer, outcome, programSlug, rewardId }) => ({
    subject: t("email.reviewAnswered.subject", { shop: shop.name }),
    preview: t("email.reviewAnswered.preview"),
    title: t("email.reviewAnswered.title", { benefit }),
    paragraphs: [
      t("email.reviewAnswered.body", { shop: shop.name }),
      answer,
      t(`review.outcome.${outcome}`),
    ],
    button: receiptButton(t("email.reviewAnswered.button"), programSlug, rewardId),
  }),

  nomination_asked: ({ t, shop }, { friendName, programSlug }) => {
    const about = { shop: shop.name };
    return {
      subject: t("email.nominationAsked.subject", about),
      preview: t("email.nominationAsked.preview"),
      title: friendName
        ? t("email.nominationAsked.title", { friend: friendName, ...about })
        : t("email.nominationAsked.titleNameless", about),
      paragraphs: [t("email.nominationAsked.body")],
      button: { label: t("email.nominationAsked.button"), url: publicUrl(`/refer/${programSlug}`) },
    };
  },

  customer_sign_in: ({ t, shop }, { url, minutes }) => ({
    subject: t("email.customerSignIn.subject", { shop: shop.name }),
    preview: t("email.customerSignIn.preview"),
    title: t("email.customerSignIn.title"),
    paragraphs: [t("email.customerSignIn.body", { shop: shop.name, minutes })],
    button: { label: t("email.customerSignIn.button"), url },
  }),
};

function receiptButton(label: string, programSlug: string, rewardId: string) {
  return { label, url: publicUrl(`/refer/${programSlug}/rewards/${rewardId}`) };
}

/** "When your friend joins" → "when your friend joins", for the middle of a sentence. */
function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
