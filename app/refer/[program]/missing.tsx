import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { Notice } from "@/components/shop/notice";

/** No program has this slug, or it was never published. */
export async function Missing() {
  const { t } = await reader();
  return (
    <ShopFrame shop={null}>
      <Notice title={t("closed.programUnknownTitle")}>
        <p>{t("closed.programUnknownBody")}</p>
      </Notice>
    </ShopFrame>
  );
}
