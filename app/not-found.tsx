import { Link } from "@/components/ui/controls/link";
import { Wordmark } from "@/components/brand/wordmark";
import { ButtonLink } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";
import { NarrowShell } from "@/components/ui/shell/narrow-shell";

export default function NotFoundPage() {
  return (
    <NarrowShell
      brand={
        <Link href="/" className="rounded-control">
          <Wordmark />
        </Link>
      }
    >
      <ErrorState
        title="Page not found"
        action={<ButtonLink href="/">Go to the home page</ButtonLink>}
      >
        <p>Check the address, or start again from the home page.</p>
      </ErrorState>
    </NarrowShell>
  );
}
