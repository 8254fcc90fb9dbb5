import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { EnterForm } from "@/components/refer/join/enter-form";
import { Notice } from "@/components/shop/notice";
import { ButtonLink } from "@/components/ui/controls/button";
import { readMerchantToken } from "@/lib/auth/sign-in/customer-entry";
import { DomainError } from "@/lib/core/errors";
import { loadProgram } from "../load";
import { Missing } from "../missing";
import { switchCustomer } from "./actions";

export const metadata: Metadata = { referrer: "no-referrer" };

type Props = {
  params: Promise<{ program: string }>;
  searchParams: Promise<{ token?: string | string[] }>;
};

/** Asks before a token of the shop's server replaces the session of somebody else. */
export default async function SwitchPage({ params, searchParams }: Props) {
  const { program: slug } = await params;
  const { token } = await searchParams;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const home = `/refer/${found.program.slug}`;
  const email = typeof token === "string" ? await emailIn(slug, token) : null;
  if (email === null) redirect(home);
  const { t } = await reader();
  return (
    <ShopFrame shop={found.shop}>
      <Notice
        title={t("join.switchTitle")}
        action={<ButtonLink href={home}>{t("join.switchStay")}</ButtonLink>}
      >
        <p>{t("join.switchBody", { email })}</p>
        <EnterForm
          action={switchCustomer.bind(null, slug, String(token))}
          button={t("join.switchButton")}
        />
      </Notice>
    </ShopFrame>
  );
}

/** Whose sign-in the token is for; null for one that is not valid (any more). */
async function emailIn(slug: string, token: string): Promise<string | null> {
  try {
    return (await readMerchantToken(slug, token)).email;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
