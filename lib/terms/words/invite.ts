import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Terms } from "../schema";
import { limitLines, type PromiseLine, promiseLines, termsTextOf } from "./promises";

/** Every word of the friend's page that comes from a program's terms. */
export type InviteWords = {
  heading: string;
  lead: string | null;
  friend: { label: string; lines: PromiseLine[] };
  advocate: { label: string; lines: PromiseLine[] };
  limits: string[];
  terms: { label: string; text: string } | null;
  stored: { label: string; paragraphs: string[] };
};

/**
 * The friend's page in words, for the page itself and for the dashboard's preview of it. Pure.
 * @param invite.inviter first name of who invites; null when nobody told
 */
export function inviteWords(
  t: Translate,
  invite: { terms: Terms; shop: string; inviter: string | null; timeZone: string },
  locale: Locale,
): InviteWords {
  const { terms, shop, inviter: name, timeZone } = invite;
  const text = termsTextOf(terms, locale);
  const friend = promiseLines(t, terms, "friend", "friend", locale);
  // The friend reads what the advocate waits for as their own action: "When you make your first
  // purchase".
  const advocate = promiseLines(t, terms, "advocate", "friend", locale);
  return {
    heading: name ? t("invite.title", { name, shop }) : t("invite.titleNameless", { shop }),
    lead:
      friend.length > 0
        ? null
        : name
          ? t("invite.thanks", { name, shop })
          : t("invite.thanksNameless", { shop }),
    friend: { label: t("invite.youGet"), lines: friend },
    advocate: {
      label: name ? t("invite.theyGet", { name }) : t("invite.theyGetNameless"),
      lines: advocate,
    },
    limits: limitLines(t, terms, "friend", locale, timeZone),
    terms: text ? { label: t("invite.terms"), text } : null,
    stored: {
      label: t("invite.stored"),
      paragraphs: [t("invite.storedBody", { shop }), t("invite.storedEmails")],
    },
  };
}
