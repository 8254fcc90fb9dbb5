"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/controls/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { leadsElsewhere } from "./leads-elsewhere";
import { UnsavedContext, type WatchedForm } from "./unsaved-context";

type Question = { go: () => void; isKept: boolean };

/**
 * Asks before a page is left with changes that nobody saved: by a link, by whatever calls `leave`,
 * or with the tab, where the browser asks in its own words.
 */
export function UnsavedGuard({ children }: { children: ReactNode }) {
  const [forms] = useState(() => new Set<WatchedForm>());
  const [asked, setAsked] = useState<Question | null>(null);
  const watch = useCallback(
    (form: WatchedForm) => {
      forms.add(form);
      return () => void forms.delete(form);
    },
    [forms],
  );
  const leave = useCallback(
    (go: () => void, within?: Element | null) => {
      const changed = changedOf(forms, within);
      if (changed.length === 0) go();
      else setAsked({ go, isKept: changed.every(({ isKept }) => isKept) });
    },
    [forms],
  );
  useAskingListeners(forms, leave);
  const leaveNow = () => {
    // Asked once: a page that comes by a request of its own is not asked about again.
    forms.clear();
    setAsked(null);
    asked?.go();
  };
  return (
    <UnsavedContext value={useMemo(() => ({ watch, leave }), [watch, leave])}>
      {children}
      <Dialog
        title={asked?.isKept ? "Leave before saving?" : "Leave without saving?"}
        description={
          asked?.isKept
            ? "Your changes stay in this browser and are here when you come back."
            : "Your changes will be lost."
        }
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
        size="sm"
      >
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setAsked(null)}>Keep editing</Button>
          <Button variant={asked?.isKept ? "primary" : "danger"} onClick={leaveNow}>
            Leave
          </Button>
        </div>
      </Dialog>
    </UnsavedContext>
  );
}

function changedOf(forms: ReadonlySet<WatchedForm>, within?: Element | null): WatchedForm[] {
  return [...forms].filter(
    ({ form, hasChanges }) => (!within || within.contains(form)) && hasChanges(),
  );
}

/** Before a link is followed, and before the tab is closed. */
function useAskingListeners(
  forms: ReadonlySet<WatchedForm>,
  leave: (go: () => void) => void,
): void {
  const router = useRouter();
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = leadsElsewhere(event);
      if (link === null || changedOf(forms).length === 0) return;
      // Before anything else hears of the press: it did not happen until the answer.
      event.preventDefault();
      event.stopPropagation();
      const { href } = link;
      // Pressed once more, so that what it closes is closed too, unless it is gone with its menu.
      leave(() => (link.isConnected ? link.click() : router.push(href)));
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (changedOf(forms).some(({ isKept }) => !isKept)) event.preventDefault();
    };
    window.addEventListener("click", onClick, true);
    window.addEventListener("beforeunload", onUnload);
    return () => {
      window.removeEventListener("click", onClick, true);
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [forms, leave, router]);
}
