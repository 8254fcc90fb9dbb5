import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ShopFields } from "@/components/admin/shop-fields";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { currentUser } from "@/lib/auth/member";
import { invitedToOpenShop } from "@/lib/auth/sign-in/shop-invitation";
import { signUpPolicy } from "@/lib/merchants/queries/directory";
import { signUp } from "./actions";

export const metadata: Metadata = { title: "Create your account" };

function Closed({ isByInvitation }: { isByInvitation: boolean }) {
  return (
    <>
      <AuthHeading title={isByInvitation ? "Sign-up is by invitation" : "Sign-up is closed"}>
        {isByInvitation
          ? "To open a shop, use the link in your invitation. It works once, for a week."
          : "To join a shop’s team, ask its owner for an invitation."}
      </AuthHeading>
      <ButtonLink href="/sign-in">Go to sign in</ButtonLink>
    </>
  );
}

type Props = { searchParams: Promise<{ invitation?: string | string[] }> };

export default async function SignUpPage({ searchParams }: Props) {
  const { invitation } = await searchParams;
  const token = typeof invitation === "string" ? invitation : undefined;
  if (await currentUser())
    redirect(token ? `/account/new-shop?invitation=${encodeURIComponent(token)}` : "/admin");
  const policy = await signUpPolicy();
  const invited = policy === "invited" ? await invitedToOpenShop(token) : null;
  if (policy !== "open" && !invited) return <Closed isByInvitation={policy === "invited"} />;
  return (
    <>
      <AuthHeading title="Create your account">
        Launch your first referral program in ten minutes. You’ll be the owner and can invite your
        team later.
      </AuthHeading>
      <ActionForm action={signUp}>
        {invited ? <input type="hidden" name="invitation" value={token} /> : null}
        <ShopFields />
        <Field name="name" label="Your name" required>
          <Input autoComplete="name" maxLength={120} />
        </Field>
        <Field name="email" label="Email" required>
          <Input
            type="email"
            autoComplete="username"
            {...(invited && { defaultValue: invited, readOnly: true })}
          />
        </Field>
        <Field
          name="password"
          label="Password"
          required
          hint="At least 10 characters. A few words work well."
        >
          <Input type="password" autoComplete="new-password" />
        </Field>
        <SubmitButton size="lg" block>
          Create account
        </SubmitButton>
        <p className="text-sm text-ink-muted">
          Already have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </p>
      </ActionForm>
    </>
  );
}
