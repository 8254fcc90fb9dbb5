import { Lightbulb } from "lucide-react";
import { cx } from "@/components/ui/cx";
import { friendLabel } from "@/lib/customers/rules";
import { customerTiers } from "@/lib/loyalty/tiers/queries/customer-tier";
import { scopeNow } from "@/lib/merchants/scope";
import { friendsOf, hasShared } from "@/lib/referrals/queries/friends";
import { type Nudge, nudgeOf } from "@/lib/referrals/rules";
import type { HomeContext } from "../_home/context";

/** Among so many of the newest friends, one who waits is looked for. */
const LOOKED_AT = 20;

/** At most one reminder a visit: the one that fits the moment best. */
export async function NudgeSection(context: HomeContext) {
  const { entry, part, found } = context;
  const { scope, customerId } = entry;
  const advocateId = part.advocate.id;
  if (!found.program.openness.open) return null;
  const [friends, shared, tiers] = await Promise.all([
    friendsOf(scope, { advocateId, limit: LOOKED_AT }),
    hasShared(scope, advocateId),
    customerTiers(scope, customerId),
  ]);
  const next = tiers?.ladder.metric === "referrals" ? tiers.progress.next : null;
  const nudge = nudgeOf({
    shared,
    friends: friends.map((friend) => ({ ...friend, name: friendLabel(friend) })),
    nextTier: next && {
      name: tiers!.ladder.tiers.find(({ id }) => id === next.tierId)!.name,
      friends: Number(next.remaining),
    },
    now: scopeNow(scope),
  });
  if (!nudge) return null;
  return (
    <p
      className={cx(
        "flex items-start gap-2.5 rounded-card bg-accent-soft px-4 py-3",
        "text-sm/6 text-accent-text",
      )}
    >
      <Lightbulb aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      {wordsOf(nudge, context)}
    </p>
  );
}

function wordsOf(nudge: Nudge, { t, found }: HomeContext): string {
  if (nudge.kind === "share") return t("nudge.share", { shop: found.shop.name });
  if (nudge.kind === "tier") return t("nudge.tier", { tier: nudge.tier });
  return t("nudge.waiting", { name: nudge.name ?? t("friends.someone"), days: nudge.days });
}
