import type { Metadata } from "next";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { AnswerForm } from "@/components/invite/answer-form";
import { Notice } from "@/components/shop/notice";
import { decodedPart } from "@/lib/core/address";
import { readAnswerToken } from "@/lib/messaging/rules/answer-link";
import { answerable } from "@/lib/pipeline/intake/answer-invite";
import { loadInvite } from "../../load";
import { answerInvitation } from "./actions";

// The address is nobody else's to know. Without any referrer, a form sent without script would have
// no origin either, and be refused.
export const metadata: Metadata = { robots: { index: false }, referrer: "same-origin" };

type Props = { params: Promise<{ code: string; token: string }> };

/**
 * Where the link in a friend's email leads: one button by which they prove that they accepted.
 * Opening the page changes nothing, since programs that scan emails open links.
 */
export default async function AnswerPage({ params }: Props) {
  const { code, token } = await params;
  const { t } = await reader();
  const who = readAnswerToken(decodedPart(token));
  const invite = who && (await loadInvite(code));
  const isTheirs = invite?.scope.merchantId === who?.merchantId;
  const found = invite && isTheirs ? await answerable(invite.scope, who!) : null;
  if (!invite || !found) {
    return (
      <ShopFrame shop={invite?.shop ?? null}>
        <Notice title={t("answer.goneTitle")}>
          <p>{t("answer.goneBody")}</p>
        </Notice>
      </ShopFrame>
    );
  }
  const { shop, inviter } = invite;
  return (
    <ShopFrame shop={shop}>
      <Notice title={inviter ? t("answer.title", { inviter }) : t("answer.titleNameless")}>
        <p>{t("answer.body", { email: who!.email, shop: shop.name })}</p>
        <AnswerForm
          action={answerInvitation}
          button={t("answer.button")}
          hidden={{ code: invite.code, token }}
        />
        <p className="text-sm/6 text-ink-muted">{t("answer.note")}</p>
      </Notice>
    </ShopFrame>
  );
}
