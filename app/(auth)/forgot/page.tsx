import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { TextLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { LINK_MINUTES } from "@/lib/auth/sign-in/login-token";
import { requestReset } from "./actions";

export const metadata: Metadata = { title: "Reset your password" };

export default function ForgotPage() {
  return (
    <>
      <AuthHeading title="Reset your password">
        Enter your email and we’ll send you a link. It works once, for {LINK_MINUTES} minutes.
      </AuthHeading>
      <ActionForm
        action={requestReset}
        successMessage="If this email has an account, we’ve sent you a link. Check your email."
      >
        <Field name="email" label="Email" required>
          <Input type="email" autoComplete="username" />
        </Field>
        <SubmitButton size="lg" block>
          Send link
        </SubmitButton>
        <p className="text-sm">
          <TextLink href="/sign-in">Back to sign in</TextLink>
        </p>
      </ActionForm>
    </>
  );
}
