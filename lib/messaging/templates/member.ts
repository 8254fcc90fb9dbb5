import type { Translate } from "@/lib/core/i18n/translator";
import type { EmailContent } from "./layout";

/** Emails to users of the dashboard, each in the language that its reader chose. */
export type UserTemplateData = {
  member_reset: { url: string; minutes: number };
  member_sign_in: { url: string; minutes: number };
  /** Whose owner turned it off; null where the operator of the server did. */
  member_two_step_reset: { url: string; shopName: string | null };
  member_invite: {
    url: string;
    shopName: string;
    invitedBy: string;
    role: "owner" | "admin" | "analyst" | "support";
    days: number;
  };
  shop_invite: { url: string; days: number };
  pool_low: { url: string; shopName: string; poolName: string; left: number };
  /** `rule` is what becomes of a referral that nobody decides about; null where it waits on. */
  reviews_waiting: {
    url: string;
    shopName: string;
    count: number;
    oldestDays: number;
    rule: { decision: "approve" | "reject"; days: number } | null;
  };
};
export type UserTemplateName = keyof UserTemplateData;

type Body = Pick<EmailContent, "subject" | "preview" | "title" | "paragraphs"> & {
  button: string;
  /** Why the reader gets this. */
  footer: string;
};

/** Emails to users of the dashboard. Subjects say no name that a stranger chose. */
export const MEMBER_TEMPLATES: {
  [T in UserTemplateName]: (t: Translate, data: UserTemplateData[T]) => Body;
} = {
  member_reset: (t, { minutes }) => ({
    subject: t("memberEmail.reset.subject"),
    preview: t("memberEmail.reset.preview"),
    title: t("memberEmail.reset.subject"),
    paragraphs: [t("memberEmail.reset.body", { minutes })],
    button: t("memberEmail.reset.button"),
    footer: t("memberEmail.reset.footer"),
  }),
  member_sign_in: (t, { minutes }) => ({
    subject: t("memberEmail.signIn.subject"),
    preview: t("memberEmail.signIn.preview"),
    title: t("memberEmail.signIn.title"),
    paragraphs: [t("memberEmail.signIn.body", { minutes })],
    button: t("memberEmail.signIn.button"),
    footer: t("memberEmail.signIn.footer"),
  }),
  member_two_step_reset: (t, { shopName }) => ({
    subject: t("memberEmail.twoStepReset.subject"),
    preview: t("memberEmail.twoStepReset.preview"),
    title: t("memberEmail.twoStepReset.subject"),
    paragraphs: [
      shopName === null
        ? t("memberEmail.twoStepReset.byOperator")
        : t("memberEmail.twoStepReset.byOwner", { shop: shopName }),
      t("memberEmail.twoStepReset.again"),
    ],
    button: t("memberEmail.twoStepReset.button"),
    footer: t("memberEmail.twoStepReset.footer"),
  }),
  member_invite: (t, { shopName, invitedBy, role, days }) => ({
    subject: t("memberEmail.invite.subject"),
    preview: t("memberEmail.invite.preview"),
    title: t("memberEmail.invite.title", { shop: shopName }),
    paragraphs: [
      t("memberEmail.invite.body", {
        invitedBy,
        shop: shopName,
        role: t(`memberEmail.role.${role}`),
      }),
      t("memberEmail.invite.expires", { days }),
    ],
    button: t("memberEmail.invite.button"),
    footer: t("memberEmail.invite.footer", { invitedBy }),
  }),
  shop_invite: (t, { days }) => ({
    subject: t("memberEmail.shopInvite.subject"),
    preview: t("memberEmail.shopInvite.preview"),
    title: t("memberEmail.shopInvite.title"),
    paragraphs: [t("memberEmail.shopInvite.body"), t("memberEmail.shopInvite.expires", { days })],
    button: t("memberEmail.shopInvite.button"),
    footer: t("memberEmail.shopInvite.footer"),
  }),
  pool_low: (t, { shopName: shop, poolName: pool, left }) => ({
    ...(left === 0
      ? {
          subject: t("memberEmail.poolLow.subjectEmpty", { pool }),
          preview: t("memberEmail.poolLow.previewEmpty"),
          title: t("memberEmail.poolLow.titleEmpty", { pool }),
        }
      : {
          subject: t("memberEmail.poolLow.subject", { pool }),
          preview: t("memberEmail.poolLow.preview", { left }),
          title: t("memberEmail.poolLow.title", { left, pool }),
        }),
    paragraphs: [
      t("memberEmail.poolLow.body", { shop }),
      t(left === 0 ? "memberEmail.poolLow.nextEmpty" : "memberEmail.poolLow.next"),
    ],
    button: t("memberEmail.poolLow.button"),
    footer: t("memberEmail.poolLow.footer", { shop }),
  }),
  reviews_waiting: (t, { shopName: shop, count, oldestDays, rule }) => ({
    subject: t("memberEmail.reviewsWaiting.subject", { count }),
    preview: t("memberEmail.reviewsWaiting.preview", { days: oldestDays }),
    title: t("memberEmail.reviewsWaiting.subject", { count }),
    paragraphs: [
      t("memberEmail.reviewsWaiting.body", { count, shop, days: oldestDays }),
      ...(rule
        ? [
            t(
              rule.decision === "approve"
                ? "memberEmail.reviewsWaiting.approves"
                : "memberEmail.reviewsWaiting.rejects",
              { days: rule.days },
            ),
          ]
        : []),
    ],
    button: t("memberEmail.reviewsWaiting.button"),
    footer: t("memberEmail.reviewsWaiting.footer", { shop }),
  }),
};
