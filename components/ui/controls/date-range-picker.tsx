"use client";

import { CalendarDays, ChevronDown } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Popover as Radix } from "radix-ui";
import { useState } from "react";
import { useFloatContainer } from "@/components/ui/theme/accent-scope";
import { Button } from "./button";
import { cx } from "@/components/ui/cx";
import { rangeText, type DatePreset, type DateRange } from "./date-range";
import { Field } from "./field";
import { Input, Select } from "./input";
import { FLOATING } from "@/components/ui/overlays/menu";

export type Compare = "none" | "previous" | "year";

type DateRangePickerProps = {
  range: DateRange;
  compare?: Compare;
  /** From `datePresets(today, first)`. */
  presets: DatePreset[];
  /** The last day that can be chosen. */
  max?: string;
  locale?: string;
  /** False where a report cannot be compared. */
  comparable?: boolean;
};

const COMPARE: { value: Compare; label: string }[] = [
  { value: "none", label: "No comparison" },
  { value: "previous", label: "Previous period" },
  { value: "year", label: "Previous year" },
];

/**
 * Which days a page counts, and what they are compared with. Writes `from`, `to` and `compare` into
 * the address.
 */
export function DateRangePicker(props: DateRangePickerProps) {
  const { range, compare = "none", presets, max, locale = "en", comparable = true } = props;
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const container = useFloatContainer();

  const hrefFor = (values: Record<string, string>) => {
    const query = new URLSearchParams(search);
    query.delete("cursor");
    for (const [name, value] of Object.entries(values)) query.set(name, value);
    return `${pathname}?${query}`;
  };
  const chosen = presets.find((preset) => preset.from === range.from && preset.to === range.to);
  const against = comparable
    ? COMPARE.find((option) => option.value === compare && compare !== "none")
    : undefined;

  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Button icon={<CalendarDays aria-hidden="true" />}>
          <span>{chosen?.label ?? rangeText(range, locale)}</span>
          {against ? (
            <span className="font-normal text-ink-muted max-sm:hidden">
              vs. {against.label.toLowerCase()}
            </span>
          ) : null}
          <ChevronDown aria-hidden="true" className="text-ink-muted" />
        </Button>
      </Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Date range"
          className={cx(FLOATING, "w-[min(30rem,calc(100vw-1rem))] p-0!")}
        >
          <div className="grid sm:grid-cols-[10rem_minmax(0,1fr)]">
            <Presets
              presets={presets}
              chosen={chosen}
              hrefFor={(preset) => hrefFor({ from: preset.from, to: preset.to })}
              onChoose={() => setOpen(false)}
            />
            <RangeForm
              {...{ range, max, pathname }}
              compare={comparable ? compare : null}
              onApply={(values) => {
                setOpen(false);
                router.push(hrefFor(values), { scroll: false });
              }}
            />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type PresetsProps = {
  presets: DatePreset[];
  chosen: DatePreset | undefined;
  hrefFor: (preset: DatePreset) => string;
  onChoose: () => void;
};

function Presets({ presets, chosen, hrefFor, onChoose }: PresetsProps) {
  return (
    <ul
      className={cx(
        "flex gap-0.5 overflow-x-auto p-1.5 max-sm:border-b",
        "sm:flex-col sm:border-r",
      )}
    >
      {presets.map((preset) => (
        <li key={preset.key}>
          <Link
            href={hrefFor(preset)}
            scroll={false}
            onClick={onChoose}
            aria-current={preset === chosen ? "true" : undefined}
            className={cx(
              "flex min-h-9 items-center rounded-[8px] px-2.5 text-sm whitespace-nowrap " +
                "-outline-offset-2 hover:bg-sunken",
              preset === chosen && "bg-accent-soft font-medium text-accent-text",
            )}
          >
            {preset.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

type RangeFormProps = {
  range: DateRange;
  max?: string;
  pathname: string;
  /** Null where nothing is compared. */
  compare: Compare | null;
  onApply: (values: Record<string, string>) => void;
};

function RangeForm({ range, max, pathname, compare, onApply }: RangeFormProps) {
  return (
    <form
      method="get"
      action={pathname}
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const values = Object.fromEntries(
          [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
        );
        const [from = "", to = ""] = [values.from, values.to];
        if (!from || !to) return;
        onApply({ ...values, ...(from <= to ? { from, to } : { from: to, to: from }) });
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        <Field name="from" label="From">
          <Input type="date" defaultValue={range.from} max={max} required />
        </Field>
        <Field name="to" label="To">
          <Input type="date" defaultValue={range.to} max={max} required />
        </Field>
      </div>
      {compare !== null ? (
        <Field name="compare" label="Compare with">
          <Select options={COMPARE} defaultValue={compare} />
        </Field>
      ) : null}
      <Button type="submit" variant="primary" className="self-start">
        Apply
      </Button>
    </form>
  );
}
