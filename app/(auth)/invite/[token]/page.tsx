import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { type CurrentUser, currentUser } from "@/lib/auth/member";
import { openInvite } from "@/lib/merchants/commands/accept-invite";
import { ROLE_SUMMARY } from "@/lib/merchants/rules/roles";
import { joinAsMyself, joinAsNew } from "./actions";

export const metadata: Metadata = { title: "Join the team", referrer: "no-referrer" };

type Props = { params: Promise<{ token: string }> };
type Invite = NonNullable<Awaited<ReturnType<typeof openInvite>>>;

export default async function InvitePage({ params }: Props) {
  const { token } = await params;
  const [invite, user] = await Promise.all([openInvite(token), currentUser()]);
  if (!invite) {
    return (
      <>
        <AuthHeading title="This invitation is no longer valid">
          It has been accepted or revoked, or it has expired. Ask for a new one.
        </AuthHeading>
        <ButtonLink href="/sign-in">Go to sign in</ButtonLink>
      </>
    );
  }
  return (
    <>
      <AuthHeading title={`Join ${invite.shopName}`}>
        You are invited as <strong className="font-medium text-ink">{invite.role}</strong>.{" "}
        {ROLE_SUMMARY[invite.role]}
      </AuthHeading>
      <WayIn token={token} invite={invite} user={user} />
    </>
  );
}

type WayInProps = { token: string; invite: Invite; user: CurrentUser | null };

/** How this visitor accepts: signed in, by signing in, or with a new account. */
function WayIn({ token, invite, user }: WayInProps) {
  if (user && user.email !== invite.email) {
    return (
      <Alert tone="warn" title={`This invitation is for ${invite.email}`}>
        You’re signed in as {user.email}. Sign out, then open the link again.
      </Alert>
    );
  }
  if (user) {
    return (
      <ActionForm action={joinAsMyself}>
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="lg" block>
          Join as {user.name}
        </SubmitButton>
      </ActionForm>
    );
  }
  if (invite.hasAccount) {
    const here = encodeURIComponent(`/invite/${token}`);
    return (
      <ButtonLink variant="primary" size="lg" block href={`/sign-in?next=${here}`}>
        Sign in as {invite.email}
      </ButtonLink>
    );
  }
  return <NewAccountForm token={token} email={invite.email} />;
}

function NewAccountForm({ token, email }: { token: string; email: string }) {
  return (
    <ActionForm action={joinAsNew}>
      <input type="hidden" name="token" value={token} />
      <Field label="Email" hint="Your invitation was sent to this email.">
        <Input type="email" name="username" autoComplete="username" value={email} readOnly />
      </Field>
      <Field name="name" label="Your name" required>
        <Input autoComplete="name" maxLength={120} />
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
        Join the team
      </SubmitButton>
    </ActionForm>
  );
}
