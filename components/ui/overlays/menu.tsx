"use client";

import { Check } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useFloatContainer } from "@/components/ui/theme/accent-scope";
import { cx } from "@/components/ui/cx";

export const FLOATING =
  "z-50 animate-appear rounded-card border border-line bg-raised p-1.5 shadow-float outline-none";

const ITEM =
  "flex min-h-9 w-full select-none items-center gap-2.5 rounded-[8px] px-2.5 text-left text-sm " +
  "outline-none " +
  "data-highlighted:bg-sunken data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

type MenuProps = {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  side?: "top" | "bottom";
  label?: string;
};

/** A list of actions behind a button. */
export function Menu({ trigger, children, align = "end", side = "bottom", label }: MenuProps) {
  const container = useFloatContainer();
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className={cx(
            FLOATING,
            "max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto",
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type MenuItemProps = {
  onSelect?: () => void;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
};

/** An action in a menu. */
export function MenuItem({ onSelect, icon, danger, disabled, children }: MenuItemProps) {
  return (
    <Radix.Item onSelect={onSelect} disabled={disabled} className={cx(ITEM, danger && "text-bad")}>
      {icon}
      {children}
    </Radix.Item>
  );
}

/** A link in a menu; `current` marks the page we are on. */
export function MenuLink({
  href,
  icon,
  current,
  children,
}: {
  href: string;
  icon?: ReactNode;
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <Radix.Item asChild>
      <Link
        href={href}
        aria-current={current ? "true" : undefined}
        className={cx(ITEM, current && "font-medium text-accent-text")}
      >
        {icon}
        {children}
      </Link>
    </Radix.Item>
  );
}

type MenuChoicesProps = {
  label: string;
  choices: readonly { value: string; label: string; icon?: ReactNode }[];
  value: string;
  onChoose: (value: string) => void;
};

/** One of a few, chosen in a menu that stays open. */
export function MenuChoices({ label, choices, value, onChoose }: MenuChoicesProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChoose} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {choices.map((choice) => (
        <Radix.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className={ITEM}
        >
          {choice.icon}
          <span className="flex-1">{choice.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden="true" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

type MenuChecksProps = {
  label: string;
  choices: readonly { value: string; label: string; checked: boolean }[];
  onChoose: (value: string, checked: boolean) => void;
};

/** Several of a few, chosen in a menu that stays open. */
export function MenuChecks({ label, choices, onChoose }: MenuChecksProps) {
  return (
    <Radix.Group aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {choices.map(({ value, label: words, checked }) => (
        <Radix.CheckboxItem
          key={value}
          checked={checked}
          onCheckedChange={(next) => onChoose(value, next)}
          onSelect={(event) => event.preventDefault()}
          className={ITEM}
        >
          <span className="flex-1">{words}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden="true" />
          </Radix.ItemIndicator>
        </Radix.CheckboxItem>
      ))}
    </Radix.Group>
  );
}

/** A quiet heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <Radix.Label className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-muted">
      {children}
    </Radix.Label>
  );
}

/** A line between groups of a menu. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
}
