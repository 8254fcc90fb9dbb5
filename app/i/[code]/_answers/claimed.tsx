import { dateFormat } from "@/lib/core/zones/format";
import { deliveryOf } from "@/lib/terms/kinds/benefits";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { CounterCard } from "@/components/invite/counter-card";
import { ClaimedReward, type ClaimedRewardProps } from "@/components/invite/claimed-reward";
import { PromiseCard } from "@/components/shop/promise-card";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { friendRewards } from "@/lib/pipeline/intake/accept-invite";
import type { MerchantProfile } from "@/lib/merchants/queries/merchant";
import type { PublishedProgram } from "@/lib/programs/queries";
import { promiseLines, worthWords } from "@/lib/terms/words/promises";
import type { RewardRow } from "@/lib/rewards/queries/rewards";
import type { Campaign } from "@/lib/events/rules/campaign";
import type { ClaimNote } from "../claim-note";
import type { Invite } from "../load";

type ClaimedProps = {
  invite: Invite & { program: PublishedProgram };
  note: Extract<ClaimNote, { kind: "joined" }>;
  /** What the link said of its campaign. */
  campaign: Campaign;
};

/** After accepting: what the friend has, what comes next, and the way to the shop. */
export async function Claimed({ invite, note, campaign }: ClaimedProps) {
  const { scope, shop, program, code } = invite;
  const { t, locale } = await reader();
  const rewards = await friendRewards(scope, {
    customerId: note.customerId,
    programId: program.id,
    referralId: note.referralId,
  });
  const kept = rewards.filter(
    ({ state }) =>
      state === "held" || state === "available" || state === "issued" || state === "used",
  );
  const later = promiseLines(t, program.terms, "friend", "friend", locale).filter(
    ({ ruleId }) => !rewards.some((reward) => reward.ruleId === ruleId),
  );
  const context = { shop, email: note.email };
  return (
    <ShopFrame shop={shop}>
      <article className="flex flex-col gap-6">
        <h1 className="text-[1.75rem]/9 font-semibold tracking-tight">
          {t("claimed.title", { shop: shop.name })}
        </h1>
        {kept.map((reward) => (
          <ClaimedReward key={reward.id} {...wordsOf(t, reward, context, locale)} />
        ))}
        {later.length > 0 ? (
          <PromiseCard
            label={t("claimed.later")}
            lines={later}
            look={kept.length > 0 ? "second" : "first"}
          />
        ) : null}
        {kept.length + later.length === 0 ? (
          <p className="text-base/7 text-ink-muted">
            {t("claimed.laterNone", { shop: shop.name })}
          </p>
        ) : null}
        {shop.shopUrl ? (
          <ButtonLink
            variant="primary"
            size="lg"
            block
            href={shopAddress(shop.shopUrl, code, campaign)}
          >
            {t("claimed.toShop", { shop: shop.name })}
          </ButtonLink>
        ) : (
          <CounterCard
            title={t("claimed.counterTitle", { shop: shop.name })}
            // A coupon of the friend's own says who they are; one code is enough to remember.
            code={
              kept.some(({ couponCode }) => couponCode)
                ? null
                : { how: t("claimed.counterCode", { shop: shop.name }), ...codeWords(t, code) }
            }
            email={t("claimed.counterEmail", { email: note.email })}
          />
        )}
        <p className="text-sm/6 text-ink-muted">
          {t("claimed.emailed", { email: note.email })}{" "}
          {program.openness.open ? (
            <TextLink href={`/refer/${program.slug}`}>{t("claimed.referToo")}</TextLink>
          ) : null}
        </p>
      </article>
    </ShopFrame>
  );
}

/**
 * The shop's web address with the code, so that the shop knows who referred this friend, and with
 * the campaign of the link that brought them.
 */
function shopAddress(shopUrl: string, code: string, campaign: Campaign): string {
  const url = new URL(shopUrl);
  for (const [name, value] of campaign) url.searchParams.set(name, value);
  url.searchParams.set("code", code);
  return url.href;
}

const codeWords = (t: Translate, value: string) => ({
  value,
  name: t("rewards.coupon"),
  copy: t("rewards.copyCode"),
  copied: t("share.copied"),
});

function wordsOf(
  t: Translate,
  reward: RewardRow,
  { shop, email }: { shop: MerchantProfile; email: string },
  locale: Locale,
): ClaimedRewardProps {
  const { benefit } = reward.terms;
  const amount =
    reward.amountMinor === null || reward.asset === null
      ? null
      : { minor: reward.amountMinor, asset: reward.asset };
  const words = worthWords(t, benefit, amount, locale);
  const day = dateFormat(locale, { dateStyle: "long", timeZone: shop.timeZone });
  const yours = { label: t("claimed.yours"), words, until: null, code: null };
  if (reward.state === "held")
    return { ...yours, detail: t("claimed.held", { date: day.format(reward.heldUntil) }) };
  const until = reward.expiresAt
    ? t("rewards.stateLine.issuedUntil", { date: day.format(reward.expiresAt) })
    : null;
  const name = shop.name;
  if (reward.couponCode)
    return {
      label: t("claimed.couponLabel", { benefit: words }),
      words: null,
      detail: t(shop.shopUrl ? "claimed.couponHow" : "claimed.couponCounter", { shop: name }),
      until,
      code: codeWords(t, reward.couponCode),
    };
  const detail =
    deliveryOf(benefit) === "payout"
      ? t("claimed.cash", { shop: name })
      : deliveryOf(benefit) === "staff"
        ? t("claimed.gift", { shop: name })
        : t("claimed.credit", { email, shop: name });
  return { ...yours, until, detail };
}
