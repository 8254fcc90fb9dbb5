"use client";

import { CircleHelp } from "lucide-react";
import { Popover as RadixPopover, Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useFloatContainer } from "./accent-scope";
import { cx } from "./cx";
import { FLOATING } from "./menu";

/** A remark on what the pointer or the focus rests on. Never the only place of anything needed. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  const container = useFloatContainer();
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal container={container}>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className={
              "z-60 max-w-64 animate-appear rounded-[8px] bg-ink px-2.5 py-1.5 text-xs/4.5 text-paper " +
              "shadow-float"
            }
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}

type PopoverProps = {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "center" | "end";
  label?: string;
  className?: string;
};

/** Content that opens beside its button and may hold anything. */
export function Popover({ trigger, children, align = "start", label, className }: PopoverProps) {
  const container = useFloatContainer();
  return (
    <RadixPopover.Root>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal container={container}>
        <RadixPopover.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className={cx(FLOATING, "w-80 max-w-[calc(100vw-1rem)] p-4! text-sm", className)}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

/** A question mark that explains: opens on a press, so it works by touch and by keyboard too. */
export function Help({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover
      align="center"
      label={label}
      trigger={
        <button
          type="button"
          aria-label={label}
          className={
            "inline-grid size-6 place-items-center rounded-full align-middle text-ink-muted " +
            "hover:text-ink"
          }
        >
          <CircleHelp aria-hidden="true" className="size-4" />
        </button>
      }
    >
      {children}
    </Popover>
  );
}
