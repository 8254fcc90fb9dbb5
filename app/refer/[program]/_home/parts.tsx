import { Award, Coins, Gift, Send, Trophy, Users } from "lucide-react";
import type { Part } from "@/components/refer/parts-nav";
import type { CustomerEntry } from "@/lib/auth/customer";
import type { Translate } from "@/lib/core/i18n/translator";
import { customerBadges } from "@/lib/loyalty/badges/queries/badges";
import { leaderboardsOf } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { pointsInPlay } from "@/lib/loyalty/points/queries/customer-points";
import { tierLadder } from "@/lib/loyalty/tiers/queries/ladder";
import { inScope } from "@/lib/merchants/scope";
import type { ReferProgram } from "../load";

/** The parts that a customer's page has at this shop: none for what it does not offer. */
export async function partsOf(
  t: Translate,
  { program }: ReferProgram,
  { scope, customerId }: CustomerEntry,
): Promise<Part[]> {
  const [points, ladder, badges, leaderboards] = await Promise.all([
    pointsInPlay(scope, customerId, program.terms),
    inScope(scope, (tx) => tierLadder(tx)),
    customerBadges(scope, customerId, { withProgress: false }),
    leaderboardsOf(scope, program.id),
  ]);
  const home = `/refer/${program.slug}`;
  const parts: [shown: boolean, part: Part][] = [
    [true, { label: t("parts.share"), href: home, icon: <Send />, exact: true }],
    [true, { label: t("parts.friends"), href: `${home}/friends`, icon: <Users /> }],
    [true, { label: t("parts.rewards"), href: `${home}/rewards`, icon: <Gift /> }],
    [points !== null, { label: t("parts.points"), href: `${home}/points`, icon: <Coins /> }],
    [
      (ladder?.active === true && ladder.tiers.length > 0) || badges.length > 0,
      { label: t("parts.status"), href: `${home}/tiers`, icon: <Award /> },
    ],
    [
      leaderboards.length > 0,
      { label: t("parts.leaderboard"), href: `${home}/leaderboard`, icon: <Trophy /> },
    ],
  ];
  return parts.flatMap(([shown, part]) => (shown ? [part] : []));
}
