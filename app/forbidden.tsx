import { ButtonLink } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";

/** 403: signed in, on the team, but this is not for one's role. */
export default function Forbidden() {
  return (
    <ErrorState
      title="You don’t have access to this page"
      action={<ButtonLink href="/admin">Back to your dashboard</ButtonLink>}
    >
      <p>Ask an owner or admin to change your role.</p>
    </ErrorState>
  );
}
