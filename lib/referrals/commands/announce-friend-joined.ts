import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { friendLabel } from "@/lib/customers/rules";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands/queue-message";
import { termsOf } from "@/lib/programs/queries";
import { isOwnAction, termsForArm } from "@/lib/terms/rules/applying";
import { sideWords } from "@/lib/terms/words/promises";
import { triggerWords } from "@/lib/terms/words/when";

type Row = {
  programId: string;
  programVersion: number;
  arm: string | null;
  programName: string;
  programSlug: string;
  defaultLocale: string;
  friendName: string | null;
  friendEmail: string | null;
  customerId: string;
  email: string | null;
  locale: string | null;
};

/** Tells an advocate that a friend of theirs joined, and what is to come of it. */
export async function queueFriendJoined(scope: Scope, referralId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const [referral] = await db.$queryRaw<Row[]>`
      SELECT r.program_id AS "programId", r.program_version AS "programVersion", r.arm,
        p.name AS "programName", p.slug AS "programSlug",
        m.default_locale AS "defaultLocale", f.name AS "friendName", f.email AS "friendEmail",
        c.id AS "customerId", c.email, c.locale
      FROM referral r
      JOIN program p ON p.merchant_id = r.merchant_id AND p.id = r.program_id
      JOIN merchant m ON m.id = r.merchant_id
      JOIN customer f ON f.merchant_id = r.merchant_id AND f.id = r.friend_id
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
      WHERE r.merchant_id = ${scope.merchantId} AND r.id = ${referralId}`;
    if (!referral?.email) return;
    const locale = asLocale(referral.locale ?? referral.defaultLocale);
    const t = translator(locale);
    const terms = termsForArm(
      await termsOf(scope, referral.programId, referral.programVersion),
      referral.arm,
    );
    const rule = terms.rules.find((rule) => rule.side === "advocate" && !isOwnAction(rule));
    const friend = { name: referral.friendName, email: referral.friendEmail };
    await queueMessage(scope, {
      causeKey: `friend_joined:${referralId}`,
      template: "friend_joined",
      customerId: referral.customerId,
      recipient: referral.email,
      locale,
      data: {
        programName: referral.programName,
        programSlug: referral.programSlug,
        friendName: friendLabel(friend) ?? t("friends.someone"),
        benefit: sideWords(t, terms, "advocate", locale),
        when: rule ? triggerWords(t, terms, rule, "advocate", locale) : null,
      },
    });
  });
}
