import { ButtonLink } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";

/** Missing, or another shop's: both look the same. */
export default function NotFoundInDashboard() {
  return (
    <ErrorState
      title="There is nothing here"
      action={<ButtonLink href="/admin">Back to your shop</ButtonLink>}
    >
      <p>It may have been removed, or the address has a typo.</p>
    </ErrorState>
  );
}
