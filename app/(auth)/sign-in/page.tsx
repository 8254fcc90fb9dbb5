import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/admin/auth-heading";
import { GoogleButton } from "@/components/admin/google-button";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { currentUser } from "@/lib/auth/member";
import { safeNext } from "@/lib/auth/sign-in/safe-next";
import { environment } from "@/lib/core/env";
import { signIn } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string; problem?: string; error?: string }> };

const PROBLEMS: Record<string, string> = {
  "no-account": "No account uses this Google email yet. Create one, or ask for an invitation.",
};

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = safeNext(typeof query.next === "string" ? query.next : null);
  if (await currentUser()) redirect(next);
  const problem = query.problem
    ? PROBLEMS[query.problem]
    : query.error
      ? "We couldn’t sign you in. Try again."
      : null;
  const forward = next === "/admin" ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <>
      <AuthHeading title="Sign in">Open your shop’s dashboard.</AuthHeading>
      <div className="flex flex-col gap-6">
        {problem ? <Alert tone="warn">{problem}</Alert> : null}
        <ActionForm action={signIn}>
          <input type="hidden" name="next" value={next} />
          <Field name="email" label="Email" required>
            <Input type="email" autoComplete="username" />
          </Field>
          <Field
            name="password"
            label="Password"
            required
            aside={<TextLink href="/forgot">Forgot password?</TextLink>}
          >
            <Input type="password" autoComplete="current-password" />
          </Field>
          <SubmitButton size="lg" block>
            Sign in
          </SubmitButton>
        </ActionForm>
        {environment().GOOGLE_CLIENT_ID ? <GoogleButton next={next} /> : null}
        <p className="text-sm text-ink-muted">
          <TextLink href={`/sign-in/link${forward}`}>Email me a link instead</TextLink>
          <span aria-hidden="true"> · </span>
          New here? <TextLink href="/sign-up">Create your account</TextLink>
        </p>
      </div>
    </>
  );
}
