"use client";

import { Button } from "@/components/ui/controls/button";
import { ErrorState } from "@/components/ui/content/error-state";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A dashboard page that failed; the navigation around it stays. */
export default function DashboardError({ error, reset }: Props) {
  return (
    <ErrorState
      title="This page couldn’t be loaded"
      reference={error.digest}
      action={
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      <p>
        Nothing was changed. Try again in a moment. If it keeps happening, contact whoever runs this
        server.
      </p>
    </ErrorState>
  );
}
