"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useFloatContainer } from "@/components/ui/theme/accent-scope";
import { IconButton } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";

type SheetProps = {
  title: string;
  /** Left for navigation, right for details of something without leaving the page. */
  side?: "left" | "right";
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
};

/** A panel that slides in from the side, above the page. */
export function Sheet({ title, side = "left", trigger, open, onOpenChange, children }: SheetProps) {
  const container = useFloatContainer();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal container={container}>
        <Radix.Overlay className="fixed inset-0 z-50 animate-appear bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          className={cx(
            "fixed inset-y-0 z-50 flex w-[min(22rem,88vw)] flex-col bg-paper shadow-float " +
              "outline-none",
            side === "left" ? "left-0 animate-slide" : "right-0 w-[min(30rem,94vw)] animate-appear",
          )}
        >
          <div
            className={cx(
              "flex h-14 shrink-0 items-center justify-between",
              "border-b border-line pr-2 pl-5",
            )}
          >
            <Radix.Title className="font-semibold tracking-tight">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close">
                <X aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
