"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { leadsElsewhere } from "../unsaved/leads-elsewhere";

/** How long a page may take before it is worth a sign. */
const PATIENCE_MS = 150;

/** A thin bar at the top from the press on a link until the page it leads to is there. */
export function NavigationProgress() {
  const address = `${usePathname()}?${useSearchParams()}`;
  // The address that was left: once it is another one, the page is there.
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onClick = (event: MouseEvent) => {
      if (leadsElsewhere(event) === null) return;
      clearTimeout(timer);
      timer = setTimeout(() => setLeaving(address), PATIENCE_MS);
    };
    document.addEventListener("click", onClick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("click", onClick);
    };
  }, [address]);
  if (leaving !== address) return null;
  return (
    <div role="status" className="fixed inset-x-0 top-0 z-50 h-0.5 overflow-hidden">
      <span className="sr-only">Loading</span>
      <span
        className="block h-full w-full origin-left animate-progress bg-accent"
        // A press that led nowhere, a file for example, does not keep the bar for ever.
        onAnimationEnd={() => setLeaving(null)}
      />
    </div>
  );
}
