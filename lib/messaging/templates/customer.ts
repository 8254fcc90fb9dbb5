import { publicUrl } from "@/lib/core/address";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { MailContent } from "../layout";
import type { TemplateData, TemplateName } from "../schema";

/**
 * What a template may know beside its data: the shop, the reader, and how dates are written for
 * them.
 */
export type MailContext = {
  t: Translate;
  locale: Locale;
  shop: { name: string; shopUrl: string | null };
  timeZone: string;
};

/** What differs from mail to mail; the frame around it is the same for all. */
export type MailBody = Pick<
  MailContent,
  "subject" | "preview" | "title" | "paragraphs" | "button"
> & { code?: string };

type Template<T extends TemplateName> = (context: MailContext, data: TemplateData[T]) => MailBody;

/** A customer mail's words, by template. */
export const CUSTOMER_TEMPLATES: { [T in TemplateName]: Template<T> } = {
  joined: ({ t, shop }, { code, youGet, friendGets, programSlug }) => ({
    subject: t("mail.joined.subject", { shop: shop.name }),
    preview: t("mail.joined.preview"),
    title: t("mail.joined.title"),
    paragraphs: [
      t("mail.joined.body", { shop: shop.name }),
      ...(friendGets ? [t("mail.joined.friendGets", { benefit: friendGets })] : []),
      ...(youGet ? [t("mail.joined.youGet", { benefit: youGet })] : []),
      t("mail.joined.code", { code }),
    ],
    code: publicUrl(`/r/${code}`),
    button: { label: t("mail.joined.button"), url: publicUrl(`/refer/${programSlug}`) },
  }),

  welcome: ({ t, shop }, { advocateName, benefits, coupon }) => ({
    subject: t("mail.welcome.subject", { shop: shop.name }),
    preview: advocateName
      ? t("mail.welcome.preview", { advocate: advocateName })
      : t("mail.welcome.bodyNameless"),
    title: t("mail.welcome.title", { shop: shop.name }),
    paragraphs: [
      advocateName
        ? t("mail.welcome.body", { advocate: advocateName })
        : t("mail.welcome.bodyNameless"),
      ...benefits.map((benefit) => t("mail.welcome.benefit", { benefit })),
      ...(coupon ? [t("mail.welcome.coupon", coupon)] : []),
    ],
    ...(coupon && { code: coupon.code }),
    button: shop.shopUrl
      ? { label: t("mail.welcome.button", { shop: shop.name }), url: shop.shopUrl }
      : null,
  }),

  friend_joined: ({ t, shop }, { friendName, benefit, when, programSlug }) => ({
    subject: t("mail.friendJoined.subject", { friend: friendName }),
    preview: t("mail.friendJoined.preview"),
    title: t("mail.friendJoined.title", { friend: friendName }),
    paragraphs: [
      t("mail.friendJoined.body", { shop: shop.name }),
      ...(benefit && when
        ? [t("mail.friendJoined.next", { benefit, when: lowerFirst(when) })]
        : []),
    ],
    button: { label: t("mail.friendJoined.button"), url: publicUrl(`/refer/${programSlug}`) },
  }),

  reward_held: (context, { benefit, heldUntil, programSlug, rewardId }) => {
    const { t, shop } = context;
    const date = dateWords(context, heldUntil);
    return {
      subject: t("mail.rewardHeld.subject", { benefit }),
      preview: t("mail.rewardHeld.preview", { date }),
      title: t("mail.rewardHeld.title", { benefit }),
      paragraphs: [t("mail.rewardHeld.body", { date, shop: shop.name })],
      button: receiptButton(t("mail.rewardHeld.button"), programSlug, rewardId),
    };
  },

  reward_available: (context, { benefit, couponCode, expiresAt, programSlug, rewardId }) => {
    const { t, shop } = context;
    return {
      subject: t("mail.rewardAvailable.subject", { benefit }),
      preview: t("mail.rewardAvailable.preview", { shop: shop.name }),
      title: t("mail.rewardAvailable.title", { benefit }),
      paragraphs: [
        t("mail.rewardAvailable.body", { shop: shop.name }),
        ...(couponCode ? [t("mail.rewardAvailable.coupon", { code: couponCode })] : []),
        ...(expiresAt
          ? [t("mail.rewardAvailable.expires", { date: dateWords(context, expiresAt) })]
          : []),
      ],
      ...(couponCode && { code: couponCode }),
      button: receiptButton(t("mail.rewardAvailable.button"), programSlug, rewardId),
    };
  },

  reward_given: ({ t, shop }, { benefit, note, programSlug, rewardId }) => ({
    subject: t("mail.rewardGiven.subject", { benefit }),
    preview: t("mail.rewardGiven.preview", { shop: shop.name }),
    title: t("mail.rewardGiven.title", { benefit }),
    paragraphs: [
      t("mail.rewardGiven.body", { shop: shop.name }),
      ...(note ? [t("mail.rewardGiven.note", { note })] : []),
    ],
    button: receiptButton(t("mail.rewardGiven.button"), programSlug, rewardId),
  }),

  reward_expiring: (context, { benefit, expiresAt, couponCode, waits, programSlug, rewardId }) => {
    const { t, shop } = context;
    const date = dateWords(context, expiresAt);
    return {
      subject: t("mail.rewardExpiring.subject", { benefit, date }),
      preview: t("mail.rewardExpiring.preview"),
      title: t("mail.rewardExpiring.title", { benefit, date }),
      paragraphs: [
        t(waits ? "mail.rewardExpiring.waits" : "mail.rewardExpiring.use", {
          shop: shop.name,
          date,
        }),
      ],
      ...(couponCode && { code: couponCode }),
      button: receiptButton(t("mail.rewardExpiring.button"), programSlug, rewardId),
    };
  },

  rewards_paid: ({ t, shop }, { amount, count, reference, programSlug }) => ({
    subject: t("mail.rewardsPaid.subject", { amount }),
    preview: t("mail.rewardsPaid.preview", { shop: shop.name }),
    title: t("mail.rewardsPaid.title", { amount }),
    paragraphs: [
      t("mail.rewardsPaid.body", { shop: shop.name, count }),
      ...(reference ? [t("mail.rewardsPaid.reference", { reference })] : []),
    ],
    button: { label: t("mail.rewardsPaid.button"), url: publicUrl(`/refer/${programSlug}`) },
  }),

  reward_reversed: ({ t, shop }, { benefit, part, programSlug, rewardId }) => ({
    subject: part ? t("mail.rewardReversed.partTitle") : t("mail.rewardReversed.subject"),
    preview: t("mail.rewardReversed.preview"),
    title: part ? t("mail.rewardReversed.partTitle") : t("mail.rewardReversed.title", { benefit }),
    paragraphs: [
      part
        ? t("mail.rewardReversed.partBody", { amount: part })
        : t("mail.rewardReversed.body", { shop: shop.name }),
    ],
    button: receiptButton(t("mail.rewardReversed.button"), programSlug, rewardId),
  }),

  tier_reached: (context, { tier, benefits, keepUntil, programSlug }) => {
    const { t, shop } = context;
    return {
      subject: t("mail.tierReached.subject", { tier, shop: shop.name }),
      preview: t("mail.tierReached.preview"),
      title: t("mail.tierReached.title", { tier }),
      paragraphs: [
        t("mail.tierReached.body", { tier, date: dateWords(context, keepUntil) }),
        ...(benefits ? [benefits] : []),
      ],
      button: {
        label: t("mail.tierReached.button"),
        url: publicUrl(`/refer/${programSlug}/standing`),
      },
    };
  },

  review_answered: ({ t, shop }, { benefit, answer, outcome, programSlug, rewardId }) => ({
    subject: t("mail.reviewAnswered.subject", { shop: shop.name }),
    preview: t("mail.reviewAnswered.preview"),
    title: t("mail.reviewAnswered.title", { benefit }),
    paragraphs: [
      t("mail.reviewAnswered.body", { shop: shop.name }),
      answer,
      t(`review.outcome.${outcome}`),
    ],
    button: receiptButton(t("mail.reviewAnswered.button"), programSlug, rewardId),
  }),

  nomination_asked: ({ t, shop }, { friendName, programSlug }) => {
    const about = { friend: friendName ?? t("nomination.someone"), shop: shop.name };
    return {
      subject: t("mail.nominationAsked.subject", about),
      preview: t("mail.nominationAsked.preview"),
      title: t("mail.nominationAsked.title", about),
      paragraphs: [t("mail.nominationAsked.body", about)],
      button: { label: t("mail.nominationAsked.button"), url: publicUrl(`/refer/${programSlug}`) },
    };
  },

  customer_sign_in: ({ t, shop }, { url, minutes }) => ({
    subject: t("mail.customerSignIn.subject", { shop: shop.name }),
    preview: t("mail.customerSignIn.preview"),
    title: t("mail.customerSignIn.title"),
    paragraphs: [t("mail.customerSignIn.body", { shop: shop.name, minutes })],
    button: { label: t("mail.customerSignIn.button"), url },
  }),
};

function receiptButton(label: string, programSlug: string, rewardId: string) {
  return { label, url: publicUrl(`/refer/${programSlug}/rewards/${rewardId}`) };
}

function dateWords({ locale, timeZone }: MailContext, date: Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(date);
}

/** "When your friend joins" → "when your friend joins", for the middle of a sentence. */
function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
