import { dateInZone } from "@/lib/core/time";
import { type Translate, translator } from "@/lib/core/i18n/translator";
import { asLocale, type Locale } from "@/lib/core/i18n/locales";
import { inviterOf } from "@/lib/customers/queries/customers";
import { firstNameOf, shownName } from "@/lib/customers/rules";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { answerUrl } from "@/lib/messaging/rules/answer-link";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { promiseLines, worthWords } from "@/lib/terms/words/promises";
import { type RewardRow, rewardsOfCustomer } from "@/lib/rewards/queries/rewards";
import { termsOfReferral } from "../read/terms-in-effect";
import { type Claim, claimInvite, type ClaimResult } from "./claim-invite";

/**
 * Accepts an invitation on our page, and emails the friend what they get, with a link by which they
 * prove that it was them. Those who accepted before get the email again, once a day, because the
 * page cannot know that it is them.
 * @throws DomainError as `claimInvite`
 */
export async function acceptInvite(scope: Scope, claim: Claim): Promise<ClaimResult> {
  return inScope(scope, async (tx) => {
    const result = await claimInvite(tx, claim);
    if (result.outcome !== "refused" && result.referralId) {
      await welcomeFriend(tx, {
        referralId: result.referralId,
        again: result.outcome === "again",
      });
    }
    return result;
  });
}

/** The rewards that a friend got for one referral. */
export async function friendRewards(
  scope: Scope,
  {
    customerId,
    programId,
    referralId,
  }: { customerId: string; programId: string; referralId: string },
): Promise<RewardRow[]> {
  const rewards = await rewardsOfCustomer(scope, { customerId, programId, limit: 50 });
  return rewards.filter((reward) => reward.side === "friend" && reward.referralId === referralId);
}

async function welcomeFriend(
  scope: Scope,
  { referralId, again }: { referralId: string; again: boolean },
): Promise<void> {
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const referral = await tx.db.referral.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: referralId } },
      select: {
        programId: true,
        programVersion: true,
        advocateId: true,
        arm: true,
        code: true,
        provenAt: true,
        friend: { select: { id: true, email: true, name: true, locale: true } },
        program: {
          select: { name: true, slug: true, merchant: { select: { defaultLocale: true } } },
        },
      },
    });
    const { friend, program } = referral;
    if (!friend.email) return;
    const rewards = await friendRewards(tx, {
      customerId: friend.id,
      programId: referral.programId,
      referralId,
    });
    const isProven = referral.provenAt !== null;
    // A reward that is released at once has its own email, with the code.
    if (
      !again &&
      isProven &&
      rewards.some((reward) => reward.state === "issued" || reward.state === "available")
    )
      return;
    const locale = asLocale(friend.locale ?? program.merchant.defaultLocale);
    const t = translator(locale);
    const terms = await termsOfReferral(tx, referral);
    const coded = rewards.find((reward) => reward.couponCode !== null);
    const day = again ? `:${dateInZone(scopeNow(tx), "UTC")}` : "";
    await queueMessages(tx, [
      {
        causeKey: `welcome:${referralId}${day}`,
        template: "welcome",
        customerId: friend.id,
        recipient: friend.email,
        locale,
        readerName: firstNameOf(friend.name),
        data: {
          programName: program.name,
          programSlug: program.slug,
          advocateName: shownName(await inviterOf(tx, referral.advocateId)),
          benefits: promiseLines(t, terms, "friend", "friend", locale)
            .filter(({ ruleId }) => ruleId !== coded?.ruleId)
            .map(({ words, when }) => `${words} · ${when}`),
          answerUrl: isProven
            ? null
            : answerUrl(referral.code, { merchantId, referralId, email: friend.email }),
          coupon: coded?.couponCode
            ? { code: coded.couponCode, benefit: worthOf(t, coded, locale) }
            : null,
        },
      },
    ]);
  });
}

function worthOf(t: Translate, { terms, amountMinor, asset }: RewardRow, locale: Locale): string {
  const amount = amountMinor === null || asset === null ? null : { minor: amountMinor, asset };
  return worthWords(t, terms.benefit, amount, locale);
}
