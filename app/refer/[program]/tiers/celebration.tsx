import { BadgeCelebration } from "@/components/loyalty/badges/badge-celebration";
import { customerBadges } from "@/lib/loyalty/badges/queries/badges";
import { newlyReached } from "@/lib/loyalty/queries";
import { customerTiers } from "@/lib/loyalty/tiers/queries/customer-tier";
import type { HomeContext } from "../_home/context";
import { claimCelebration } from "./actions";
import { colorsOf, freshWords } from "./tier-progress";

/** A tier or badge that was reached since the last visit, said once. */
export async function Celebration({
  t,
  locale,
  found: { program, shop },
  entry: { scope, customerId },
}: HomeContext) {
  const fresh = await newlyReached(scope, customerId);
  if (!fresh) return null;
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
  return (
    <BadgeCelebration
      words={words}
      claim={claimCelebration.bind(null, program.slug)}
      colors={colorsOf(
        tiers,
        badges.filter(({ award }) => award),
      )}
    />
  );
}
