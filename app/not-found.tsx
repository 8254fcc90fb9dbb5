import Link from "next/link";
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
        title="There is nothing here"
        action={<ButtonLink href="/">To the start</ButtonLink>}
      >
        <p>The address may have a typo, or what was here is gone.</p>
      </ErrorState>
    </NarrowShell>
  );
}
