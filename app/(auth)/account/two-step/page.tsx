import type { Metadata } from "next";
import { toString as drawQr } from "qrcode";
import { AuthHeading } from "@/components/admin/auth-heading";
import { TwoStepPanel, type TwoStepState } from "@/components/two-step/two-step-panel";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { requireUser } from "@/lib/auth/member";
import { accountOf } from "@/lib/auth/session/member-session";
import { appInvitation } from "@/lib/auth/two-step/app-code";
import { secondFactorOf } from "@/lib/auth/two-step/second-factor";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantsOfUser } from "@/lib/merchants/queries/directory";
import { beginTwoStep, confirmTwoStep, endTwoStep, replaceRecoveryCodes } from "./actions";

export const metadata: Metadata = { title: "Two-step sign-in" };

type Props = { searchParams: Promise<{ shop?: string }> };

/** Where a user sets up their authenticator app, and where a shop leads who needs one to act. */
export default async function TwoStepPage({ searchParams }: Props) {
  const user = await requireUser("/account/two-step");
  const { shop: slug } = await searchParams;
  const shop = slug
    ? (await merchantsOfUser(user.id)).find((one) => [one.slug, `${one.slug}-test`].includes(slug))
    : undefined;
  return (
    <>
      <AuthHeading title="Two-step sign-in">
        Signing in asks for a code from an authenticator app on your phone. Any app works, such as
        Aegis, 2FAS or Google Authenticator.
      </AuthHeading>
      <div className="flex flex-col gap-8">
        {shop && !user.hasTwoStep ? (
          <Alert tone="warn" title={`${shop.name} asks for two-step sign-in`}>
            Its owners and admins need it to open the dashboard. Set it up here.
          </Alert>
        ) : null}
        <TwoStepPanel
          state={await stateOf(user)}
          email={user.email}
          actions={{
            begin: beginTwoStep,
            confirm: confirmTwoStep,
            replaceCodes: replaceRecoveryCodes,
            end: endTwoStep,
          }}
        />
        <p className="text-sm">
          {shop ? (
            <TextLink href={adminPaths(shop.slug).overview}>Open {shop.name}</TextLink>
          ) : (
            <TextLink href="/account">Back to your account</TextLink>
          )}
        </p>
      </div>
    </>
  );
}

async function stateOf(user: { id: string; email: string }): Promise<TwoStepState> {
  const factor = await secondFactorOf(user.id);
  if (factor.state === "on") return { kind: "on", recoveryCodes: factor.recoveryCodes };
  if (factor.state === "off")
    return { kind: "off", hasPassword: (await accountOf(user.id)).hasPassword };
  const { address, text } = appInvitation(factor.secret, user.email);
  const qr = await drawQr(address, { type: "svg", margin: 0, errorCorrectionLevel: "M" });
  return { kind: "begun", qr, address, secret: text };
}
