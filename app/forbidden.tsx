import { ButtonLink } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";

/** 403: signed in, on the team, but this is not for one's role. */
export default function Forbidden() {
  return (
    <ErrorState
      title="This is not for your role"
      action={<ButtonLink href="/admin">Back to your shop</ButtonLink>}
    >
      <p>An owner or admin of the shop can give you another role.</p>
    </ErrorState>
  );
}
