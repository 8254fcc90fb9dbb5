import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { firstNameOf, maskEmail } from "@/lib/customers/rules";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands";
import { termsOf } from "@/lib/programs/queries";
import { sideWords, triggerWords } from "@/lib/programs/wording";

/** Tells an advocate that a friend of theirs joined, and what is to come of it. */
export async function queueFriendJoined(scope: Scope, referralId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const referral = await db.referral.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: scope.merchantId, id: referralId } },
      select: {
        programId: true, programVersion: true,
        friend: { select: { name: true, email: true } },
        program: { select: { name: true, slug: true, merchant: { select: { defaultLocale: true } } } },
        advocate: { select: { customer: { select: { id: true, email: true, locale: true } } } },
      },
    });
    const { customer } = referral.advocate;
    if (customer.email === null) return;
    const locale = asLocale(customer.locale ?? referral.program.merchant.defaultLocale);
    const t = translator(locale);
    const terms = await termsOf(scope, referral.programId, referral.programVersion);
    const rule = terms.rules.find(({ side }) => side === "advocate");
    const { name, email } = referral.friend;
    await queueMessage(scope, {
      causeKey: `friend_joined:${referralId}`, template: "friend_joined", customerId: customer.id, recipient: customer.email, locale,
      data: {
        programName: referral.program.name, programSlug: referral.program.slug,
        friendName: firstNameOf(name) ?? (email ? maskEmail(email) : t("friends.someone")),
        benefit: sideWords(t, terms, "advocate", locale),
        when: rule ? triggerWords(t, terms, rule, "advocate", locale) : null,
      },
    });
  });
}
