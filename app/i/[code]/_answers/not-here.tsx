import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { Notice } from "@/components/shop/notice";
import { ButtonLink } from "@/components/ui/controls/button";
import type { MerchantProfile } from "@/lib/merchants/queries/merchant";
import type { PublishedProgram } from "@/lib/programs/queries";

type OwnLinkProps = { shop: MerchantProfile; program: PublishedProgram; code: string };

/** To the advocate who is signed in: the link is for friends. */
export async function OwnLink({ shop, program, code }: OwnLinkProps) {
  const { t } = await reader();
  return (
    <ShopFrame shop={shop}>
      <Notice
        title={t("refused.ownTitle")}
        action={
          <>
            <ButtonLink variant="primary" href={`/refer/${program.slug}`}>
              {t("refused.ownAction")}
            </ButtonLink>
            <ButtonLink href={`/i/${code}?again=1`}>{t("refused.again")}</ButtonLink>
          </>
        }
      >
        <p>{t("refused.ownBody")}</p>
      </Notice>
    </ShopFrame>
  );
}

/**
 * Whatever stands in the way of an address, the answer is the same: what its owner has is shown in
 * their email only.
 */
export async function Emailed({
  shop,
  code,
  email,
}: {
  shop: MerchantProfile;
  code: string;
  email: string;
}) {
  const { t } = await reader();
  return (
    <ShopFrame shop={shop}>
      <Notice
        title={t("claimed.checkTitle")}
        action={<ButtonLink href={`/i/${code}?again=1`}>{t("refused.again")}</ButtonLink>}
      >
        <p>{t("claimed.check", { email, shop: shop.name })}</p>
      </Notice>
    </ShopFrame>
  );
}
