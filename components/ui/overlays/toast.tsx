"use client";

import { X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { cx } from "@/components/ui/cx";

export type ToastMessage = {
  message: string;
  tone?: "neutral" | "good" | "bad";
  /** Undoes what was just done. */
  undo?: { label?: string; run: () => void | Promise<void> };
  /** Milliseconds on screen; by default 10,000 with an undo and 5,000 without. */
  duration?: number;
};

type Shown = ToastMessage & { id: number };

const ToastContext = createContext<((toast: ToastMessage) => void) | null>(null);

/** `useToast()({ message: "Program paused.", undo: { run } })`. Needs a `ToastProvider` above. */
export function useToast(): (toast: ToastMessage) => void {
  const show = useContext(ToastContext);
  if (!show) throw new Error("useToast needs a ToastProvider above it.");
  return show;
}

/** At the top on a phone, where neither thumb nor dialog covers it. */
const VIEWPORT =
  "fixed right-0 z-70 flex w-full max-w-sm flex-col gap-2 p-4 outline-none max-sm:top-0 " +
  "sm:bottom-0";

const EDGES = { neutral: "before:bg-ink-muted", good: "before:bg-good", bad: "before:bg-bad" };

/** Shows the messages of everything inside it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Shown[]>([]);
  const next = useRef(0);
  const show = useCallback((toast: ToastMessage) => {
    next.current += 1;
    const id = next.current;
    setToasts((current) => [...current.slice(-2), { ...toast, id }]);
  }, []);
  const remove = (id: number) => setToasts((current) => current.filter((toast) => toast.id !== id));
  const viewport = useMemo(() => <Radix.Viewport className={VIEWPORT} />, []);
  return (
    <ToastContext value={show}>
      <Radix.Provider label="Notifications" swipeDirection="right">
        {children}
        {toasts.map(({ id, message, tone = "neutral", undo, duration }) => (
          <Radix.Root
            key={id}
            duration={duration ?? (undo ? 10_000 : 5_000)}
            onOpenChange={(open) => !open && remove(id)}
            className={cx(
              "relative flex animate-appear items-center gap-3 overflow-hidden rounded-card " +
                "border border-line bg-raised py-2.5 pr-2 pl-5 text-sm shadow-float",
              "before:absolute before:inset-y-0 before:left-0 before:w-1",
              EDGES[tone],
            )}
          >
            <Radix.Title className="flex-1">{message}</Radix.Title>
            {undo ? (
              <Radix.Action
                altText={undo.label ?? "Undo"}
                onClick={() => void undo.run()}
                className={cx(
                  "h-8 rounded-control px-2.5 font-medium text-accent-text",
                  "hover:bg-accent-soft",
                )}
              >
                {undo.label ?? "Undo"}
              </Radix.Action>
            ) : null}
            <Radix.Close
              aria-label="Dismiss"
              className={
                "grid size-8 place-items-center rounded-control text-ink-muted hover:bg-sunken " +
                "hover:text-ink"
              }
            >
              <X aria-hidden="true" className="size-4" />
            </Radix.Close>
          </Radix.Root>
        ))}
        {viewport}
      </Radix.Provider>
    </ToastContext>
  );
}
