import { asLocale, type Locale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { friendLabel } from "@/lib/customers/rules";
import type { Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { emailFacts } from "@/lib/messaging/queries";
import type { EmailFacts } from "@/lib/messaging/schema";
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
  /** Nothing is proven yet: it counts once the friend answers our email. */
  isClaimed: boolean;
  /** What the referral started under, for its arm. */
  terms: Terms;
};

/**
 * Tells advocates that friends of theirs joined, and what is to come of it.
 * @param news all that the emails say: nothing is read of the referrals
 * @param known of the shop and the advocates; who is missing is read
 */
export async function announceFriends(
  tx: Tx,
  news: readonly FriendNews[],
  known?: EmailFacts,
): Promise<void> {
  if (news.length === 0) return;
  const facts = await emailFacts(
    tx,
    news.map(({ customerId }) => customerId),
    known,
  );
  const wordsOf = promiseReader();
  const inputs = news.flatMap(
    ({ referralId, customerId, friend, terms, isClaimed, ...program }) => {
      const contact = facts.contacts.get(customerId);
      if (!contact?.email) return [];
      const locale = asLocale(contact.locale ?? facts.shop.defaultLocale);
      const { benefit, when } = wordsOf(terms, locale);
      return [
        {
          causeKey: `friend_joined:${referralId}`,
          template: "friend_joined" as const,
          customerId,
          recipient: contact.email,
          locale,
          data: {
            programName: program.programName,
            programSlug: program.programSlug,
            friendName: friendLabel(friend) ?? translator(locale)("friends.someone"),
            benefit,
            isClaimed,
            when,
          },
        },
      ];
    },
  );
  await queueMessages(tx, inputs, facts);
}

type Promised = { benefit: string | null; when: string | null };

/** What terms promise an advocate; most news of a group is of the same terms, worded once. */
function promiseReader() {
  const known = new Map<Terms, Map<Locale, Promised>>();
  return (terms: Terms, locale: Locale) => {
    const ofTerms = known.get(terms) ?? new Map();
    known.set(terms, ofTerms);
    const words = ofTerms.get(locale) ?? promiseTo(terms, locale);
    ofTerms.set(locale, words);
    return words;
  };
}

function promiseTo(terms: Terms, locale: Locale): Promised {
  const t = translator(locale);
  const rule = terms.rules.find((rule) => rule.side === "advocate" && !isOwnAction(rule));
  return {
    benefit: sideWords(t, terms, "advocate", locale),
    when: rule ? triggerWords(t, terms, rule, "advocate", locale) : null,
  };
}
