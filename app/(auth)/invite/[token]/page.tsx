import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { currentUser } from "@/lib/auth/member";
import { openInvite } from "@/lib/merchants/commands/accept-invite";
import { ROLE_SUMMARY } from "@/lib/merchants/roles";
import { joinAsMyself, joinAsNew } from "./actions";

export const metadata: Metadata = { title: "Join the team", referrer: "no-referrer" };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invite, user] = await Promise.all([openInvite(token), currentUser()]);
  if (!invite) {
    return (
      <>
        <AuthHeading title="This invitation no longer works">
          It was accepted, taken back, or has run out. Ask whoever invited you for a new one.
        </AuthHeading>
        <ButtonLink href="/sign-in">To the sign-in page</ButtonLink>
      </>
    );
  }
  const here = encodeURIComponent(`/invite/${token}`);
  const heading = (
    <AuthHeading title={`Join ${invite.shopName}`}>
      You are invited as <strong className="font-medium text-ink">{invite.role}</strong>.{" "}
      {ROLE_SUMMARY[invite.role]}
    </AuthHeading>
  );
  if (user && user.email !== invite.email) {
    return (
      <>
        {heading}
        <Alert tone="warn" title={`This invitation is for ${invite.email}`}>
          You are signed in as {user.email}. Sign out first, then open the link again.
        </Alert>
      </>
    );
  }
  if (user) {
    return (
      <>
        {heading}
        <ActionForm action={joinAsMyself}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton size="lg" block>
            Join as {user.name}
          </SubmitButton>
        </ActionForm>
      </>
    );
  }
  if (invite.hasAccount) {
    return (
      <>
        {heading}
        <ButtonLink variant="primary" size="lg" block href={`/sign-in?next=${here}`}>
          Sign in as {invite.email}
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      {heading}
      <ActionForm action={joinAsNew}>
        <input type="hidden" name="token" value={token} />
        <Field label="Email" hint="The invitation was sent to this address.">
          <Input
            type="email"
            name="username"
            autoComplete="username"
            value={invite.email}
            readOnly
          />
        </Field>
        <Field name="name" label="Your name" required>
          <Input autoComplete="name" maxLength={120} />
        </Field>
        <Field
          name="password"
          label="Password"
          required
          hint="At least 10 characters; a few words do well."
        >
          <Input type="password" autoComplete="new-password" />
        </Field>
        <SubmitButton size="lg" block>
          Join the team
        </SubmitButton>
      </ActionForm>
    </>
  );
}
