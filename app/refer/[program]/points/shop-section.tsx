import { CatalogueMine, type MineItem } from "@/components/loyalty/catalogue/my-redemptions";
import { CatalogueShop, type ShopItem } from "@/components/loyalty/catalogue/points-shop";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { localized } from "@/lib/core/i18n/localized";
import {
  catalogueFor,
  type OfferedItem,
  type RedemptionRow,
  redemptionsOfCustomer,
} from "@/lib/loyalty/catalogue/queries";
import { REWARD_TONES } from "../rewards/reward-words";
import { giveBack, redeem } from "./actions";
import { dayWords, type PointsContext, pointsWords } from "./context";

const FEW_LEFT = 5;
const MOST = 50;
/** How much stands open: a phone shows what matters without scrolling far. */
const OPEN_ITEMS = 2;
const OPEN_MINE = 2;

/** What points buy: first what they can have, with what stands in the way of the rest. */
export async function ShopSection(context: PointsContext) {
  const {
    t,
    entry,
    found: { program, shop },
  } = context;
  const { items, points } = await catalogueFor(entry.scope, entry.customerId);
  return (
    <section className="flex flex-col gap-3" aria-labelledby="points-shop">
      <h2 id="points-shop" className="text-lg font-semibold tracking-tight">
        {t("points.catalogueTitle")}
      </h2>
      {items.length === 0 ? (
        <Empty title={t("points.catalogueEmptyTitle")}>
          {t("points.catalogueEmptyBody", { shop: shop.name })}
        </Empty>
      ) : (
        <CatalogueShop
          items={items.map((item) => shopItem(item, points, context))}
          open={OPEN_ITEMS}
          action={redeem.bind(null, program.slug)}
          words={{
            more: t("points.more", { count: items.length - OPEN_ITEMS }),
            get: t("points.get"),
            notNow: t("points.notNow"),
            doneTitle: t("points.doneTitle", { item: "%s" }),
            done: t("points.done"),
            receipt: t("rewards.receipt"),
            code: t("rewards.coupon"),
            copy: t("rewards.copyCode"),
            copied: t("share.copied"),
          }}
        />
      )}
    </section>
  );
}

function shopItem(item: OfferedItem, points: bigint, context: PointsContext): ShopItem {
  const { t, locale } = context;
  const name = localized(item.name, locale);
  const price = pointsWords(context, item.pricePoints);
  return {
    id: item.id,
    icon: item.icon,
    color: item.color,
    name,
    about: localized(item.about, locale),
    price,
    note: noteOf(item, context),
    locked: item.refusal?.code === "tier_required",
    offer: item.refusal
      ? null
      : {
          title: t("points.getNamed", { item: name }),
          confirm: t("points.confirm", { price }),
          body: t("points.confirmBody", {
            price,
            left: pointsWords(context, points - item.pricePoints),
          }),
        },
  };
}

function noteOf(
  { refusal, left, perPerson, tierName }: OfferedItem,
  { t }: PointsContext,
): string | null {
  switch (refusal?.code) {
    case "not_enough_points":
      return t("points.missing", { points: Number(refusal.missing) });
    case "tier_required":
      return tierName === null ? t("points.tierGone") : t("points.tier", { tier: tierName });
    case "limit_reached":
      return t("points.limit", { count: perPerson ?? 1 });
    case "sold_out":
      return t("points.soldOut");
    case "not_offered":
      return t("points.tierGone");
    case undefined:
      return left !== null && left <= FEW_LEFT ? t("points.left", { count: left }) : null;
  }
}

/** What they bought, each with its receipt and, while it can be, the way to give it back. */
export async function MineSection(context: PointsContext) {
  const {
    t,
    entry,
    found: { program },
  } = context;
  const rows = await redemptionsOfCustomer(entry.scope, entry.customerId, MOST);
  if (rows.length === 0) return null;
  return (
    <Card>
      <CardHeader title={t("points.mineTitle")} className="mb-4" />
      <CatalogueMine
        items={rows.map((row) => mineItem(row, context))}
        open={OPEN_MINE}
        moreLabel={t("points.more", { count: rows.length - OPEN_MINE })}
        action={giveBack.bind(null, program.slug)}
        words={{
          giveBack: t("points.giveBack"),
          keep: t("points.keep"),
          receipt: t("rewards.receipt"),
        }}
      />
    </Card>
  );
}

function mineItem(row: RedemptionRow, context: PointsContext): MineItem {
  const {
    t,
    locale,
    entry,
    found: { shop },
  } = context;
  const name = localized(row.itemName, locale);
  const price = pointsWords(context, row.points);
  const { cancelledAt } = row;
  const line = (): string => {
    if (cancelledAt === null)
      return t("points.mineLine", { price, date: dayWords(context, row.at) });
    const date = dayWords(context, cancelledAt);
    if (row.reason === null) return t("points.mineCancelled", { date });
    return `${t("points.mineCancelledBy", { shop: shop.name, date })}: ${row.reason}`;
  };
  return {
    id: row.id,
    icon: row.icon,
    color: row.color,
    name,
    line: line(),
    code: row.couponCode,
    ...(cancelledAt === null
      ? { state: t(`rewards.state.${row.rewardState}`), tone: REWARD_TONES[row.rewardState] }
      : { state: t("points.gaveBack"), tone: "neutral" }),
    href: `/refer/${row.programSlug}/rewards/${row.rewardId}`,
    giveBack:
      row.ownRefusal !== null || row.customerId !== entry.customerId
        ? null
        : {
            title: t("points.giveBackTitle", { item: name }),
            body: t(row.couponCode ? "points.giveBackCode" : "points.giveBackBody", { price }),
          },
  };
}
