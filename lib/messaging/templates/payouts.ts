import { publicUrl } from "@/lib/core/address";
import type { Translate } from "@/lib/core/i18n/translator";
import type { PayoutMethod } from "../schema";
import { dateWords, type Template } from "./template";

type Name = "rewards_paid" | "payout_confirm" | "payout_changed" | "payout_needed";

/** The words of emails about cash: where it goes, and that it went. */
export const PAYOUT_TEMPLATES: { [T in Name]: Template<T> } = {
  rewards_paid: ({ t, shop }, { amount, count, reference, programSlug }) => ({
    subject: t("email.rewardsPaid.subject", { amount }),
    preview: t("email.rewardsPaid.preview", { shop: shop.name }),
    title: t("email.rewardsPaid.title", { amount }),
    paragraphs: [
      t("email.rewardsPaid.body", { shop: shop.name, count }),
      ...(reference ? [t("email.rewardsPaid.reference", { reference })] : []),
    ],
    button: { label: t("email.rewardsPaid.button"), url: publicUrl(`/refer/${programSlug}`) },
  }),

  payout_confirm: ({ t, shop: { name: shop } }, { method, masked, url, hours }) => ({
    subject: t("email.payoutConfirm.subject", { shop }),
    preview: t("email.payoutConfirm.preview"),
    title: t("email.payoutConfirm.title"),
    paragraphs: [
      t("email.payoutConfirm.body", { shop, destination: destinationWords(t, method, masked) }),
      t("email.payoutConfirm.expires", { hours }),
      t("email.payoutConfirm.notYou", { shop }),
    ],
    button: { label: t("email.payoutConfirm.button"), url },
  }),

  payout_changed: (context, { before, after, at, usableFrom, programSlug }) => {
    const { t, shop } = context;
    return {
      subject: t("email.payoutChanged.subject", { shop: shop.name }),
      preview: t("email.payoutChanged.preview", { shop: shop.name }),
      title: t(after ? "email.payoutChanged.title" : "email.payoutChanged.titleRemoved"),
      paragraphs: [
        t("email.payoutChanged.at", { date: dateWords(context, at) }),
        ...(before ? [t("email.payoutChanged.before", { before })] : []),
        ...(after ? [t("email.payoutChanged.after", { after })] : []),
        usableFrom
          ? t("email.payoutChanged.from", { date: dateWords(context, usableFrom) })
          : t("email.payoutChanged.removed"),
        t("email.payoutChanged.notYou", { shop: shop.name }),
      ],
      button: programSlug
        ? { label: t("email.payoutChanged.button"), url: detailsUrl(programSlug) }
        : null,
    };
  },

  payout_needed: ({ t, shop: { name: shop } }, data) => {
    const { amount, isFirst, programName, programSlug } = data;
    return {
      subject: t("email.payoutNeeded.subject", { amount, shop }),
      preview: t("email.payoutNeeded.preview", { shop }),
      title: t("email.payoutNeeded.title", { amount }),
      paragraphs: [
        t("email.payoutNeeded.body", { amount, program: programName, shop }),
        ...(isFirst ? [] : [t("email.payoutNeeded.again", { shop })]),
      ],
      button: { label: t("email.payoutNeeded.button"), url: detailsUrl(programSlug) },
    };
  },
};

/** "bank account DE •••• 3000", in the middle of a sentence. */
export function destinationWords(t: Translate, method: PayoutMethod, masked: string): string {
  return t(`payout.destination.${method}`, { masked });
}

function detailsUrl(programSlug: string): string {
  return publicUrl(`/refer/${programSlug}/rewards/payout`);
}
