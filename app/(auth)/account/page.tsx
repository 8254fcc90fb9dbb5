import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Badge } from "@/components/ui/content/badge";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { Section } from "@/components/ui/page/page-header";
import { requireUser } from "@/lib/auth/member";
import { type Account, accountOf, readMemberSession } from "@/lib/auth/session/member-session";
import { merchantsOfUser } from "@/lib/merchants/queries/directory";
import { Sessions } from "./_sections/sessions";
import { Shops } from "./_sections/shops";
import { Profile } from "./_sections/profile";
import { confirmEmail, savePassword } from "./actions";

export const metadata: Metadata = { title: "Your account" };

/** Everything about the user that is no one shop's: their name, address, password and sessions. */
export default async function AccountPage() {
  const user = await requireUser("/account");
  const [account, session, shops] = await Promise.all([
    accountOf(user.id),
    readMemberSession(),
    merchantsOfUser(user.id),
  ]);
  return (
    <>
      <AuthHeading title="Your account">
        {user.name}, {user.email}
      </AuthHeading>
      <div className="flex flex-col gap-10">
        {account.isEmailProven ? null : <ConfirmEmail />}
        <Section title="About you">
          <Profile name={user.name} locale={account.locale} />
        </Section>
        <Section title="Your shops">
          <Shops shops={shops} />
        </Section>
        <Section title="Password">
          <Password account={account} email={user.email} />
        </Section>
        <Section title="Two-step sign-in">
          <TwoStep isOn={user.hasTwoStep} />
        </Section>
        <Section title="Where you are signed in">
          <Sessions account={account} current={session?.id ?? null} hasTwoStep={user.hasTwoStep} />
        </Section>
        <p className="text-sm">
          <TextLink href="/admin">Back to the dashboard</TextLink>
        </p>
      </div>
    </>
  );
}

function ConfirmEmail() {
  return (
    <Alert tone="warn" title="Your email is not confirmed yet">
      <p className="mb-4">
        Follow the link in this browser: used elsewhere, it removes your password, since anyone can
        open an account with your email.
      </p>
      <ActionForm
        action={confirmEmail}
        successMessage="We’ve sent you a link. Open it in this browser."
      >
        <SubmitButton>Confirm this email</SubmitButton>
      </ActionForm>
    </Alert>
  );
}

function Password({ account, email }: { account: Account; email: string }) {
  if (!account.hasPassword) {
    return (
      <p className="text-sm text-ink-muted">
        You have no password and sign in by email.{" "}
        <TextLink href="/forgot">Choose a password</TextLink>
      </p>
    );
  }
  return (
    <ActionForm
      action={savePassword}
      resetOnSuccess
      successMessage="Your password is changed. Other browsers are signed out."
    >
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field name="current" label="Current password" required>
        <Input type="password" autoComplete="current-password" />
      </Field>
      <Field
        name="password"
        label="New password"
        required
        hint="At least 10 characters. A few words work well."
      >
        <Input type="password" autoComplete="new-password" />
      </Field>
      <SubmitButton>Change password</SubmitButton>
    </ActionForm>
  );
}

function TwoStep({ isOn }: { isOn: boolean }) {
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="text-sm text-ink-muted">
        {isOn ? (
          <>
            <Badge tone="good">On</Badge> Signing in asks for a code from your phone.
          </>
        ) : (
          "With a code from your phone, a stolen password is not enough to sign in as you."
        )}
      </p>
      <ButtonLink href="/account/two-step">
        {isOn ? "Manage two-step sign-in" : "Set up two-step sign-in"}
      </ButtonLink>
    </div>
  );
}
