import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { Notice } from "@/components/shop/notice";
import { ButtonLink } from "@/components/ui/controls/button";
import type { MerchantProfile } from "@/lib/merchants/queries/merchant";
import type { PublishedProgram } from "@/lib/programs/queries";
import type { ClaimNote } from "../claim-note";

type RefusedProps = {
  shop: MerchantProfile;
  program: PublishedProgram;
  code: string;
  reason: Extract<ClaimNote, { kind: "refused" }>["reason"];
};

/** A friendly no: why, and what can be done instead. */
export async function Refused({ shop, program, code, reason }: RefusedProps) {
  const { t } = await reader();
  const name = shop.name;
  const words = {
    own_link: [t("refused.ownTitle"), t("refused.ownBody"), t("refused.ownAction")],
    existing_customer: [
      t("refused.notNewTitle", { shop: name }),
      t("refused.notNewBody"),
      t("claimed.referToo"),
    ],
    taken: [t("refused.takenTitle"), t("refused.takenBody"), t("claimed.referToo")],
    other: [t("refused.otherTitle"), t("refused.otherBody", { shop: name }), t("claimed.referToo")],
  }[reason];
  return (
    <ShopFrame shop={shop}>
      <Notice
        title={words[0]!}
        action={
          <>
            <ButtonLink variant="primary" href={`/refer/${program.slug}`}>
              {words[2]}
            </ButtonLink>
            <ButtonLink href={`/i/${code}?again=1`}>{t("refused.again")}</ButtonLink>
          </>
        }
      >
        <p>{words[1]}</p>
      </Notice>
    </ShopFrame>
  );
}

/**
 * Someone accepted with this email address before, in another browser: what they have is shown in
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
        <p>{t("claimed.check", { email })}</p>
      </Notice>
    </ShopFrame>
  );
}
