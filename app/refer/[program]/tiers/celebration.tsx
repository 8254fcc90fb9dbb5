import { BadgeCelebration } from "@/components/loyalty/badges/badge-celebration";
import { customerBadges } from "@/lib/loyalty/badges/queries/badges";
import { newlyReached } from "@/lib/loyalty/queries";
import { customerTiers } from "@/lib/loyalty/tiers/queries/customer-tier";
import type { HomeContext } from "../_home/context";
import { claimCelebration } from "./actions";
import { colorsOf, freshWords } from "./tier-progress";

/**
 * A tier or badge that was reached since the last visit, said once. It is there also where there is
 * nothing to say: what was said stays on the page when that is marked as seen.
 */
export async function Celebration({ t, locale, found, entry }: HomeContext) {
  const { program, shop } = found;
  const { scope, customerId } = entry;
  const claim = claimCelebration.bind(null, program.slug);
  const fresh = await newlyReached(scope, customerId);
  if (!fresh) return <BadgeCelebration words={null} claim={claim} colors={[]} />;
  const [tiers, badges] = await Promise.all([
    customerTiers(scope, customerId),
    customerBadges(scope, customerId, { withProgress: false }),
  ]);
  const words = freshWords(fresh, badges, {
    t,
    locale,
    currency: scope.currency,
    timeZone: shop.timeZone,
    shop: shop.name,
  });
  const colors = colorsOf(
    tiers,
    badges.filter(({ award }) => award),
  );
  return <BadgeCelebration words={words} claim={claim} colors={colors} />;
}
