import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { Notice } from "@/components/shop/notice";

/** No program at this address, or none that was ever opened. */
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
