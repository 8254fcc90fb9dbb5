import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Badge } from "@/components/ui/content/badge";
import { RelativeTime } from "@/components/ui/content/display";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import type { Account } from "@/lib/auth/session/member-session";
import { systemNow } from "@/lib/core/time";
import { signOutElsewhere } from "../actions";

/** The browsers in which the user is signed in, each of which can be signed out. */
export function Sessions({
  account,
  current,
  hasTwoStep,
}: {
  account: Account;
  current: string | null;
  hasTwoStep: boolean;
}) {
  return (
    <ActionForm
      action={signOutElsewhere}
      resetOnSuccess
      successMessage="That browser is signed out."
    >
      <p className="text-sm text-ink-muted">
        A session ends 14 days after signing in, or after 3 days without use.
      </p>
      <ul className="flex flex-col divide-y divide-line">
        {account.sessions.map(({ id, device, since, seenAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <span className="text-sm">
              <span className="font-medium">{device}</span>{" "}
              {id === current ? <Badge tone="accent">This browser</Badge> : null}
              <span className="block text-[0.8125rem] text-ink-muted">
                Signed in <Moment value={since} />, last used <Moment value={seenAt} />
              </span>
            </span>
            {id === current ? null : (
              <SubmitButton
                variant="secondary"
                size="sm"
                name="session"
                value={id}
                aria-label={`Sign out ${device}`}
              >
                Sign out
              </SubmitButton>
            )}
          </li>
        ))}
      </ul>
      {hasTwoStep ? (
        <Field name="proof" label="Your password or a code" hint="To sign a browser out.">
          <Input type="password" autoComplete="current-password" />
        </Field>
      ) : account.hasPassword ? (
        <Field name="password" label="Your password" hint="To sign a browser out.">
          <Input type="password" autoComplete="current-password" />
        </Field>
      ) : null}
      <SubmitButton variant="secondary" name="session" value="all">
        Sign out everywhere
      </SubmitButton>
    </ActionForm>
  );
}

function Moment({ value }: { value: Date }) {
  return <RelativeTime value={value} now={systemNow()} timeZone="UTC" />;
}
