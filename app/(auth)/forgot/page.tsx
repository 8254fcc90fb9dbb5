import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { TextLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { requestReset } from "./actions";

export const metadata: Metadata = { title: "Forgot your password" };

export default function ForgotPage() {
  return (
    <>
      <AuthHeading title="Forgot your password">
        We send you a link to choose a new one. It works once, for 20 minutes.
      </AuthHeading>
      <ActionForm
        action={requestReset}
        successMessage="If this address has an account, the link is on its way. Look into your mail."
      >
        <Field name="email" label="Email" required>
          <Input type="email" autoComplete="username" />
        </Field>
        <SubmitButton size="lg" block>
          Email me a link
        </SubmitButton>
        <p className="text-sm">
          <TextLink href="/sign-in">Back to signing in</TextLink>
        </p>
      </ActionForm>
    </>
  );
}
