import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { LINK_MINUTES, peekToken } from "@/lib/auth/sign-in/login-token";
import { safeNext } from "@/lib/auth/sign-in/safe-next";
import { requestLink, signInWithLink } from "../actions";

export const metadata: Metadata = { title: "Sign in by email", referrer: "no-referrer" };

type Props = { searchParams: Promise<{ token?: string; next?: string }> };

/**
 * Asks for a sign-in link, and is where it leads. Opening it does not use it up: email
 * programs open links too.
 */
export default async function SignInLinkPage({ searchParams }: Props) {
  const { token, next } = await searchParams;
  const link = typeof token === "string" ? await peekToken(token, "sign_in") : null;
  if (link && typeof token === "string") {
    return (
      <>
        <AuthHeading title="Welcome back">You are signing in as {link.email}.</AuthHeading>
        <ActionForm action={signInWithLink}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton size="lg" block>
            Sign in
          </SubmitButton>
        </ActionForm>
      </>
    );
  }
  return (
    <>
      <AuthHeading title="Sign in by email">
        Enter your email and we’ll send you a link. It works once, for {LINK_MINUTES} minutes.
      </AuthHeading>
      <div className="flex flex-col gap-6">
        {token ? (
          <Alert tone="warn">That link has been used or has expired. Get a new one below.</Alert>
        ) : null}
        <ActionForm
          action={requestLink}
          successMessage="If this email has an account, we’ve sent you a link. Check your email."
        >
          <input
            type="hidden"
            name="next"
            value={safeNext(typeof next === "string" ? next : null)}
          />
          <Field name="email" label="Email" required>
            <Input type="email" autoComplete="username" />
          </Field>
          <SubmitButton size="lg" block>
            Send link
          </SubmitButton>
        </ActionForm>
        <p className="text-sm">
          <TextLink href="/sign-in">Use a password instead</TextLink>
        </p>
      </div>
    </>
  );
}
