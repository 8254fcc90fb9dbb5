import type { MailContent } from "../layout";
import type { UserTemplateData, UserTemplateName } from "../schema";

type Body = Pick<MailContent, "subject" | "preview" | "title" | "paragraphs" | "footer"> & {
  button: string;
};

/** Mails to users of the dashboard. */
export const MEMBER_TEMPLATES: { [T in UserTemplateName]: (data: UserTemplateData[T]) => Body } = {
  member_reset: ({ minutes }) => ({
    subject: "Choose a new password",
    preview: "The link works once.",
    title: "Choose a new password",
    paragraphs: [
      `This link lets you choose a new password for Goodword. It works once, for ${minutes} minutes.`,
    ],
    button: "Choose a password",
    footer: ["If you did not ask for this, there is nothing to do: your password stays as it is."],
  }),
  member_sign_in: ({ minutes }) => ({
    subject: "Your sign-in link",
    preview: "The link works once.",
    title: "Sign in to Goodword",
    paragraphs: [`This link signs you in. It works once, for ${minutes} minutes.`],
    button: "Sign in",
    footer: [
      "If you did not ask for this, there is nothing to do: without this mail nobody can use the link.",
    ],
  }),
  member_invite: ({ shopName, invitedBy, role, days }) => ({
    subject: `${invitedBy} invites you to ${shopName}`,
    preview: "Help to run its referral program.",
    title: `Join ${shopName} on Goodword`,
    paragraphs: [
      `${invitedBy} invites you to work on the referral program of ${shopName}, as ${role}.`,
      `The invitation is for this address only and works for ${days} days.`,
    ],
    button: "Accept the invitation",
    footer: ["If you do not know this shop, there is nothing to do."],
  }),
  pool_low: ({ shopName, poolName, left }) => ({
    subject:
      left === 0 ? `No coupon codes left in ${poolName}` : `Few coupon codes left in ${poolName}`,
    preview: left === 0 ? "Rewards wait until new ones are uploaded." : `${left} left.`,
    title:
      left === 0
        ? `No codes left in ${poolName}`
        : `${left} ${left === 1 ? "code" : "codes"} left in ${poolName}`,
    paragraphs: [
      `Rewards of ${shopName} get their coupon codes from this pool.`,
      left === 0
        ? "New rewards wait until you upload more codes; then they are handed out by themselves."
        : "When it is empty, new rewards wait until you upload more codes.",
    ],
    button: "Upload codes",
    footer: ["This mail comes once, until the pool is filled again."],
  }),
};
