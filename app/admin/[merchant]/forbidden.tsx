import { ButtonLink } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";

/** The same, within the dashboard, so that the way to what one may open stays in sight. */
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
