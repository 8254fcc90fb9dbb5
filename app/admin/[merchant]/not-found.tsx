import { ButtonLink } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";

/** Missing, or another merchant's: both look the same. */
export default function NotFoundInDashboard() {
  return (
    <ErrorState
      title="Page not found"
      action={<ButtonLink href="/admin">Back to your dashboard</ButtonLink>}
    >
      <p>It may have been removed, or the address may be wrong.</p>
    </ErrorState>
  );
}
