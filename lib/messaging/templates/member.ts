import type { EmailContent } from "./layout";
import type { UserTemplateData, UserTemplateName } from "../schema";

type Body = Pick<EmailContent, "subject" | "preview" | "title" | "paragraphs" | "footer"> & {
  button: string;
};

/** Emails to users of the dashboard. */
export const MEMBER_TEMPLATES: { [T in UserTemplateName]: (data: UserTemplateData[T]) => Body } = {
  member_reset: ({ minutes }) => ({
    subject: "Choose a new password",
    preview: "The link works once.",
    title: "Choose a new password",
    paragraphs: [
      "Use this link to choose a new password for Goodword. " +
        `It works once and expires after ${minutes} minutes.`,
    ],
    button: "Choose a password",
    footer: [
      "You’re receiving this because someone asked for a new password for this email address. " +
        "If it wasn’t you, ignore this email: your password stays the same.",
    ],
  }),
  member_sign_in: ({ minutes }) => ({
    subject: "Your sign-in link",
    preview: "The link works once.",
    title: "Sign in to Goodword",
    paragraphs: [`Use this link to sign in. It works once and expires after ${minutes} minutes.`],
    button: "Sign in",
    footer: [
      "You’re receiving this because someone asked to sign in with this email address. " +
        "If it wasn’t you, ignore this email: without it, no one can use the link.",
    ],
  }),
  member_two_step_reset: ({ by }) => ({
    subject: "Two-step sign-in was turned off",
    preview: "Signing in no longer asks for a code.",
    title: "Two-step sign-in was turned off",
    paragraphs: [
      `${by} turned off two-step sign-in for your account, so that you can sign in without your ` +
        "authenticator app. You were signed out everywhere.",
      "Set it up again as soon as you can.",
    ],
    button: "Open your account",
    footer: [
      "You’re receiving this because it concerns how you sign in. " +
        "If you didn’t ask for it, set it up again and change your password.",
    ],
  }),
  member_invite: ({ shopName, invitedBy, role, days }) => ({
    // Both names are whatever somebody signed up with.
    subject: "An invitation to a team on Goodword",
    preview: "Help run its referral program.",
    title: `Join ${shopName} on Goodword`,
    paragraphs: [
      `${invitedBy} invited you to help run the referral program of ${shopName}. ` +
        `Your role: ${role}.`,
      `The invitation is for this email address only and expires after ${days} days.`,
    ],
    button: "Accept invitation",
    footer: [
      `You’re receiving this because ${invitedBy} entered your email address. ` +
        "If you don’t know this shop, ignore this email.",
    ],
  }),
  shop_invite: ({ days }) => ({
    subject: "You can open a shop on Goodword",
    preview: "Run a referral program.",
    title: "Open your shop on Goodword",
    paragraphs: [
      "Whoever runs this server invites you to open a shop on it, with a referral program.",
      `The invitation works once, for this email address only, and expires after ${days} days.`,
    ],
    button: "Open a shop",
    footer: [
      "You’re receiving this because whoever runs this server entered your email address. " +
        "If you don’t know why, ignore this email.",
    ],
  }),
  pool_low: ({ shopName, poolName, left }) => ({
    subject:
      left === 0 ? `No coupon codes left in ${poolName}` : `Few coupon codes left in ${poolName}`,
    preview: left === 0 ? "New rewards wait for codes." : `${left} left.`,
    title:
      left === 0
        ? `No codes left in ${poolName}`
        : `${left} ${left === 1 ? "code" : "codes"} left in ${poolName}`,
    paragraphs: [
      `Rewards of ${shopName} get their coupon codes from this pool.`,
      left === 0
        ? "New rewards wait until you upload more codes; then each gets its code automatically."
        : "When it is empty, new rewards wait until you upload more codes.",
    ],
    button: "Upload codes",
    footer: [
      `You’re receiving this because you manage ${shopName}. ` +
        "You won’t get it again until the pool has been refilled.",
    ],
  }),
};
