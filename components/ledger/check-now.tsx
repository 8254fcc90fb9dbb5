"use client";

import { useTransition } from "react";
import type { FormAction } from "@/lib/core/action-result";
import { Button } from "@/components/ui/controls/button";
import { useToast } from "@/components/ui/overlays/toast";

/** Checks the ledger at once and shows the result. */
export function CheckNow({
  action,
  variant = "secondary",
}: {
  action: FormAction<{ differences: number }>;
  variant?: "secondary" | "danger";
}) {
  const toast = useToast();
  const [pending, start] = useTransition();
  const run = () =>
    start(async () => {
      const result = await action(null, new FormData());
      if (!result.ok) toast({ message: result.message, tone: "bad" });
      else if (result.data.differences === 0)
        toast({ message: "Everything adds up.", tone: "good" });
      else toast({ message: "The ledger still doesn’t add up.", tone: "bad" });
    });
  return (
    <Button size="sm" variant={variant} pending={pending} onClick={run}>
      Check now
    </Button>
  );
}
