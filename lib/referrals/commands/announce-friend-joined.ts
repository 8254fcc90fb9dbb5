import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { friendLabel } from "@/lib/customers/rules";
import type { Tx } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands/queue-message";
import { isOwnAction } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { sideWords } from "@/lib/terms/words/promises";
import { triggerWords } from "@/lib/terms/words/when";

/** A referral that has started, as its advocate hears of it. */
export type FriendNews = {
  referralId: string;
  /** The advocate's customer. */
  customerId: string;
  friend: { name: string | null; email: string | null };
  programName: string;
  programSlug: string;
  /** What the referral started under, for its arm. */
  terms: Terms;
};

/** Tells advocates that friends of theirs joined, and what is to come of it. */
export async function announceFriends(tx: Tx, news: readonly FriendNews[]): Promise<void> {
  for (const one of news) await announceFriend(tx, one);
}

async function announceFriend(tx: Tx, { referralId, customerId, ...news }: FriendNews) {
  const advocate = await tx.db.customer.findUniqueOrThrow({
    where: { merchantId_id: { merchantId: tx.merchantId, id: customerId } },
    select: { email: true, locale: true, merchant: { select: { defaultLocale: true } } },
  });
  if (!advocate.email) return;
  const locale = asLocale(advocate.locale ?? advocate.merchant.defaultLocale);
  const t = translator(locale);
  const { terms, friend, programName, programSlug } = news;
  const rule = terms.rules.find((rule) => rule.side === "advocate" && !isOwnAction(rule));
  await queueMessage(tx, {
    causeKey: `friend_joined:${referralId}`,
    template: "friend_joined",
    customerId,
    recipient: advocate.email,
    locale,
    data: {
      programName,
      programSlug,
      friendName: friendLabel(friend) ?? t("friends.someone"),
      benefit: sideWords(t, terms, "advocate", locale),
      when: rule ? triggerWords(t, terms, rule, "advocate", locale) : null,
    },
  });
}
