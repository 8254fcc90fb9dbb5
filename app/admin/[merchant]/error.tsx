"use client";

import { Button } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page of the dashboard that failed; the frame around it stays. */
export default function DashboardError({ error, reset }: Props) {
  return (
    <ErrorState
      title="This page could not be shown"
      reference={error.digest}
      action={
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      <p>
        Nothing was changed. Try again in a moment; if it stays like this, tell whoever runs this
        server.
      </p>
    </ErrorState>
  );
}
