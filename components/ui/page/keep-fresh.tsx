"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/**
 * Asks the server for the page again and again while it is shown: for work that is under way. Never
 * before the last answer has come, and not in a hidden tab.
 */
export function KeepFresh({ everyMs = 1_000 }: { everyMs?: number }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  useEffect(() => {
    if (pending) return;
    const timer = setInterval(
      () => document.hidden || startTransition(() => router.refresh()),
      everyMs,
    );
    return () => clearInterval(timer);
  }, [router, everyMs, pending]);
  return null;
}
