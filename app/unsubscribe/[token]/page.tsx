import type { Metadata } from "next";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { UnsubscribeForm } from "@/components/refer/email/unsubscribe-form";
import { Notice } from "@/components/shop/notice";
import { customerById } from "@/lib/customers/queries/customers";
import { maskEmail } from "@/lib/customers/rules";
import { systemScope } from "@/lib/merchants/queries/directory";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { readUnsubscribeToken } from "@/lib/messaging/rules/unsubscribe-link";
import { unsubscribe } from "./actions";

export const metadata: Metadata = { robots: { index: false }, referrer: "no-referrer" };

/**
 * Where the last line of a program email leads: one button that stops these emails. Opening the
 * page changes nothing.
 */
export default async function UnsubscribePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { t } = await reader();
  const who = readUnsubscribeToken(token);
  if (!who) {
    return (
      <ShopFrame shop={null}>
        <Notice title={t("unsubscribe.unknownTitle")}>
          <p>{t("unsubscribe.unknownBody")}</p>
        </Notice>
      </ShopFrame>
    );
  }
  const scope = await systemScope(who.merchantId, "Unsubscribe link");
  const shop = await merchantProfile(scope);
  const { email } = await customerById(scope, who.customerId);
  const stopped = !(await wantsProgramEmail(scope, who.customerId));
  return (
    <ShopFrame shop={shop}>
      {stopped ? (
        <Notice title={t("unsubscribe.doneTitle")}>
          <p>{t("unsubscribe.doneBody", { shop: shop.name })}</p>
        </Notice>
      ) : (
        <Notice title={t("unsubscribe.title")}>
          <p>{t("unsubscribe.body", { shop: shop.name, email: email ? maskEmail(email) : "" })}</p>
          <UnsubscribeForm
            action={unsubscribe.bind(null, token)}
            button={t("unsubscribe.button")}
          />
        </Notice>
      )}
    </ShopFrame>
  );
}
