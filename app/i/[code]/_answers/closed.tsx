import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { Notice } from "@/components/shop/notice";
import { ButtonLink } from "@/components/ui/controls/button";
import { dateFormat } from "@/lib/core/zones/format";
import type { MerchantProfile } from "@/lib/merchants/queries/merchant";
import type { Openness } from "@/lib/programs/rules";

type ClosedProps = {
  shop: MerchantProfile | null;
  openness: Openness | null;
  startsAt: string | null;
};

/** An invitation that cannot be accepted now. An unknown code names no shop. */
export async function Closed({ shop, openness, startsAt }: ClosedProps) {
  const { t, locale } = await reader();
  const reason = openness?.open === false ? openness.reason : "unknown";
  const name = shop?.name ?? "";
  const words = {
    unknown: [t("closed.unknownTitle"), t("closed.unknownBody")],
    draft: [t("closed.unknownTitle"), t("closed.unknownBody")],
    paused: [t("closed.pausedTitle"), t("closed.pausedBody", { shop: name })],
    ended: [t("closed.endedTitle"), t("closed.endedBody", { shop: name })],
    not_started: [
      t("closed.notStartedTitle"),
      t("closed.notStartedBody", {
        shop: name,
        date: startsAt
          ? dateFormat(locale, {
              dateStyle: "long",
              timeZone: shop?.timeZone ?? "UTC",
            }).format(new Date(startsAt))
          : "",
      }),
    ],
  }[reason];
  const toShop =
    shop?.shopUrl && reason !== "unknown" ? (
      <ButtonLink href={shop.shopUrl}>{t("claimed.toShop", { shop: name })}</ButtonLink>
    ) : null;
  return (
    <ShopFrame shop={shop}>
      <Notice title={words[0]!} action={toShop}>
        <p>{words[1]}</p>
      </Notice>
    </ShopFrame>
  );
}
