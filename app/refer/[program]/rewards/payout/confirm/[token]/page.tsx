import type { Metadata } from "next";
import type { ReactNode } from "react";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { AnswerForm } from "@/components/invite/answer-form";
import { Notice } from "@/components/shop/notice";
import { ButtonLink } from "@/components/ui/controls/button";
import { customerScope } from "@/lib/auth/customer";
import { decodedPart } from "@/lib/core/address";
import {
  destinationsOf,
  requestedDestination,
} from "@/lib/rewards/destinations/queries/destination";
import { readConfirmToken } from "@/lib/rewards/destinations/rules/confirm-link";
import { CHANGE_HOLD_DAYS } from "@/lib/rewards/destinations/rules/details";
import { loadProgram } from "../../../../load";
import { Missing } from "../../../../missing";
import { destinationText } from "../../../destination-words";
import { confirmDetails } from "../../actions";

export const metadata: Metadata = { robots: { index: false }, referrer: "no-referrer" };

type Props = { params: Promise<{ program: string; token: string }> };

/**
 * Where the link in the email about new payout details leads: it shows them, and one button. It
 * works only in a browser where their owner is signed in, and opening it changes nothing.
 */
export default async function ConfirmDetailsPage({ params }: Props) {
  const { program: slug, token } = await params;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const { t } = await reader();
  const home = `/refer/${found.program.slug}`;
  const entry = await customerScope(slug);
  const frame = (content: ReactNode) => <ShopFrame shop={found.shop}>{content}</ShopFrame>;
  if (!entry) {
    return frame(
      <Notice
        title={t("payout.signInTitle")}
        action={
          <ButtonLink variant="primary" href={home}>
            {t("payout.signIn")}
          </ButtonLink>
        }
      >
        <p>{t("payout.signInBody")}</p>
      </Notice>,
    );
  }
  const { scope, customerId } = entry;
  const what = readConfirmToken(decodedPart(token));
  const isHere = what?.merchantId === scope.merchantId;
  const asked = isHere ? await requestedDestination(scope, { ...what, customerId }) : null;
  if (!asked) {
    return frame(
      <Notice
        title={t("payout.goneTitle")}
        action={
          <ButtonLink variant="primary" href={`${home}/rewards/payout`}>
            {t("payout.title")}
          </ButtonLink>
        }
      >
        <p>{t("payout.goneBody")}</p>
      </Notice>,
    );
  }
  const { replaces } = await destinationsOf(scope, customerId);
  return frame(
    <Notice title={t("payout.confirmTitle", { destination: destinationText(t, asked) })}>
      <p>
        {replaces
          ? t("payout.confirmHeld", { days: CHANGE_HOLD_DAYS })
          : t("payout.confirmBody", { shop: found.shop.name })}
      </p>
      <AnswerForm
        action={confirmDetails.bind(null, found.program.slug)}
        button={t("payout.confirmButton")}
        hidden={{ token: decodedPart(token) }}
      />
    </Notice>,
  );
}
