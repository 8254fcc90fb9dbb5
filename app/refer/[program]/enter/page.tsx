import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { EnterForm } from "@/components/refer/join/enter-form";
import { Notice } from "@/components/shop/notice";
import { ButtonLink } from "@/components/ui/controls/button";
import { customerScope } from "@/lib/auth/customer";
import { peekToken } from "@/lib/auth/sign-in/login-token";
import { loadProgram } from "../load";
import { Missing } from "../missing";
import { enter } from "./actions";

export const metadata: Metadata = { referrer: "no-referrer" };

type Props = {
  params: Promise<{ program: string }>;
  searchParams: Promise<{ token?: string | string[] }>;
};

/**
 * Where the sign-in link in an email leads. Email scanners open links too, so opening this page
 * does not use the link up: only a press of its button does.
 */
export default async function EnterPage({ params, searchParams }: Props) {
  const { program: slug } = await params;
  const { token } = await searchParams;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const { t } = await reader();
  const link = typeof token === "string" ? await peekToken(token, "customer") : null;
  // The same email opened again in the browser where its link was used: they are signed in.
  if (!link && (await customerScope(slug))) redirect(`/refer/${found.program.slug}`);
  return (
    <ShopFrame shop={found.shop}>
      {link ? (
        <Notice title={t("join.enterTitle")}>
          <p>{t("join.enterBody", { email: link.email })}</p>
          <EnterForm
            action={enter.bind(null, slug, String(token))}
            button={t("join.enterButton")}
          />
        </Notice>
      ) : (
        <Notice
          title={t("join.expiredTitle")}
          action={
            <ButtonLink variant="primary" href={`/refer/${found.program.slug}`}>
              {t("join.newOne")}
            </ButtonLink>
          }
        >
          <p>{t("join.expiredBody")}</p>
        </Notice>
      )}
    </ShopFrame>
  );
}
