import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { TextLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { readPendingSignIn } from "@/lib/auth/session/pending-sign-in";
import { CODE_PAGE } from "@/lib/auth/two-step/enter";
import { signInWithCode } from "../actions";

export const metadata: Metadata = { title: "Enter your code" };

type Props = { searchParams: Promise<{ with?: string }> };

/** The second step of signing in. */
export default async function CodePage({ searchParams }: Props) {
  if (!(await readPendingSignIn())) redirect("/sign-in");
  return (await searchParams).with === "recovery" ? <RecoveryForm /> : <CodeForm />;
}

function CodeForm() {
  return (
    <>
      <AuthHeading title="Enter your code">
        Open the authenticator app on your phone and enter the code that it shows for Goodword.
      </AuthHeading>
      <ActionForm action={signInWithCode} key="app">
        <Field name="code" label="Six-digit code" required>
          <Input
            large
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            autoFocus
            className="font-mono tracking-[0.2em]"
          />
        </Field>
        <SubmitButton size="lg" block>
          Sign in
        </SubmitButton>
        <p className="text-sm text-ink-muted">
          No phone at hand?{" "}
          <TextLink href={`${CODE_PAGE}?with=recovery`}>Use a recovery code</TextLink>
        </p>
      </ActionForm>
    </>
  );
}

function RecoveryForm() {
  return (
    <>
      <AuthHeading title="Enter a recovery code">
        You got ten of them when you set up two-step sign-in. Each works once.
      </AuthHeading>
      <ActionForm action={signInWithCode} key="recovery">
        <Field name="code" label="Recovery code" required>
          <Input
            large
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            autoFocus
            className="font-mono"
          />
        </Field>
        <SubmitButton size="lg" block>
          Sign in
        </SubmitButton>
        <p className="text-sm text-ink-muted">
          <TextLink href={CODE_PAGE}>Use your app instead</TextLink>
        </p>
        <p className="text-sm text-ink-muted">
          Lost both? Ask an owner of your shop, or whoever runs this server, to turn off two-step
          sign-in for you.
        </p>
      </ActionForm>
    </>
  );
}
