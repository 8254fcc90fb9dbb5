"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useContext, useRef, useState, useTransition, type ReactNode } from "react";
import { useFloatContainer } from "@/components/ui/theme/accent-scope";
import { Alert } from "@/components/ui/content/alert";
import { Button, IconButton } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import { UnsavedContext } from "@/components/ui/unsaved/unsaved-context";

type DialogProps = {
  title: string;
  description?: ReactNode;
  /** What opens it; leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: "sm" | "md" | "lg";
  /** The content, or a function that receives `close`. */
  children: ReactNode | ((close: () => void) => ReactNode);
};

const OVERLAY =
  "fixed inset-0 z-50 grid animate-appear grid-cols-[minmax(0,1fr)] items-end " +
  "justify-items-center overflow-y-auto bg-overlay sm:place-items-center sm:p-6";

const WIDTHS = { sm: "max-w-md", md: "max-w-lg", lg: "max-w-3xl" };

/**
 * One task above the page; Escape or a press outside closes it, after a question where that loses
 * input. On a phone it rises from the bottom edge.
 */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  size = "md",
  children,
}: DialogProps) {
  const container = useFloatContainer();
  const { leave } = useContext(UnsavedContext);
  const content = useRef<HTMLDivElement>(null);
  const [inner, setInner] = useState(false);
  const shown = open ?? inner;
  const change = (next: boolean) => {
    setInner(next);
    onOpenChange?.(next);
  };
  return (
    <Radix.Root
      open={shown}
      onOpenChange={(next) => (next ? change(true) : leave(() => change(false), content.current))}
    >
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal container={container}>
        <Radix.Overlay className={OVERLAY}>
          <Radix.Content
            ref={content}
            {...(description ? {} : { "aria-describedby": undefined })}
            className={cx(
              "relative flex w-full flex-col gap-5 rounded-t-card border border-line " +
                "bg-surface p-5 shadow-float outline-none sm:rounded-card sm:p-6",
              WIDTHS[size],
            )}
          >
            <div className="pr-10">
              <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-sm text-ink-muted">
                  {description}
                </Radix.Description>
              ) : null}
            </div>
            {typeof children === "function" ? children(() => change(false)) : children}
            <Radix.Close asChild>
              <IconButton label="Close" size="sm" className="absolute! top-4 right-4">
                <X aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ConfirmDialogProps = {
  title: string;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** A verb: "Revoke key". */
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  /** Runs the action; a returned message is shown and keeps the dialog open. */
  onConfirm: () => Promise<string | null | void>;
};

/** Asks for confirmation before something that cannot easily be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    title,
    description,
    trigger,
    confirmLabel,
    cancelLabel = "Cancel",
    danger,
    onConfirm,
  } = props;
  const [inner, setInner] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const change = (next: boolean) => {
    setProblem(null);
    setInner(next);
    props.onOpenChange?.(next);
  };
  const confirm = () =>
    startTransition(async () => {
      const message = await onConfirm();
      if (message) setProblem(message);
      else change(false);
    });
  return (
    <Dialog
      title={title}
      description={description}
      trigger={trigger}
      open={props.open ?? inner}
      onOpenChange={change}
      size="sm"
    >
      {problem ? (
        <Alert tone="bad" live>
          {problem}
        </Alert>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => change(false)}>{cancelLabel}</Button>
        <Button variant={danger ? "danger" : "primary"} pending={pending} onClick={confirm}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
