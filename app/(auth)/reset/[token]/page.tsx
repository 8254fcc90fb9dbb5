import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { ButtonLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { peekToken } from "@/lib/auth/sign-in/login-token";
import { chooseNewPassword } from "./actions";

export const metadata: Metadata = { title: "Choose a new password", referrer: "no-referrer" };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await peekToken(token, "reset");
  if (!link) {
    return (
      <>
        <AuthHeading title="This link no longer works">
          It has been used, or it has expired.
        </AuthHeading>
        <ButtonLink variant="primary" size="lg" href="/forgot">
          Get a new link
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <AuthHeading title="Choose a new password">
        For {link.email}. Saving it signs out your other devices.
      </AuthHeading>
      <ActionForm action={chooseNewPassword}>
        <input type="hidden" name="token" value={token} />
        <input
          type="email"
          name="username"
          autoComplete="username"
          value={link.email}
          readOnly
          hidden
        />
        <Field
          name="password"
          label="New password"
          required
          hint="At least 10 characters. A few words work well."
        >
          <Input type="password" autoComplete="new-password" />
        </Field>
        <SubmitButton size="lg" block>
          Save and sign in
        </SubmitButton>
      </ActionForm>
    </>
  );
}
