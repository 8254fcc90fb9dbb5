"use client";

import { Search, X } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { FormEvent, ReactNode } from "react";
import { Button } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import { Spinner } from "./spinner";
import { useApplied } from "./use-applied";

type FilterBarProps = {
  /** Controls with a `name`; each becomes a query parameter. */
  children: ReactNode;
  /** What is filtered, for screen readers. */
  label: string;
  /** Query parameters that survive "Clear" and are sent along, such as `from` and `to`. */
  keep?: string[];
};

/**
 * Filters kept in the address: they can be shared, and Back undoes them. Selects apply at once,
 * text when typing pauses. Without script it is a plain GET form.
 */
export function FilterBar({ children, label, keep = [] }: FilterBarProps) {
  const pathname = usePathname();
  const search = useSearchParams();
  const { pending, formKey, apply, applyAfterPause, startAnew } = useApplied(pathname, search);
  const kept = keep.flatMap((name) => {
    const value = search.get(name);
    return value ? [[name, value] as const] : [];
  });
  const clearHref = kept.length
    ? `${pathname}?${new URLSearchParams(kept.map(([k, v]) => [k, v]))}`
    : pathname;
  const filtered = [...search.keys()].some((name) => !keep.includes(name) && name !== "cursor");

  const onChange = ({ target, currentTarget, nativeEvent }: FormEvent<HTMLFormElement>) => {
    if (target instanceof HTMLSelectElement) apply(currentTarget);
    else if (!(nativeEvent as InputEvent).isComposing) applyAfterPause(currentTarget);
  };
  return (
    <form
      role="search"
      aria-label={label}
      method="get"
      action={pathname}
      key={formKey}
      onSubmit={(event) => {
        event.preventDefault();
        apply(event.currentTarget);
      }}
      onChange={onChange}
      onCompositionEnd={({ currentTarget }) => applyAfterPause(currentTarget)}
      className="flex flex-wrap items-center gap-2"
    >
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {/* Hidden by a span of its own: a button's classes would give it back its height. */}
      <span className="sr-only focus-within:not-sr-only">
        <Button type="submit">Apply</Button>
      </span>
      {filtered ? (
        <Link
          href={clearHref}
          scroll={false}
          onClick={startAnew}
          className={
            "inline-flex h-8 items-center gap-1 rounded-control px-2 text-sm text-ink-muted " +
            "hover:bg-sunken hover:text-ink"
          }
        >
          <X aria-hidden="true" className="size-3.5" />
          Clear
        </Link>
      ) : null}
      <Loading shown={pending} />
    </form>
  );
}

/** Takes no room, so that it never opens a line of its own. */
function Loading({ shown }: { shown: boolean }) {
  return (
    <span role="status" className="relative -ml-2 size-0 text-ink-muted">
      {shown ? (
        <>
          <Spinner className="absolute -top-2 left-2" />
          <span className="sr-only">Loading</span>
        </>
      ) : null}
    </span>
  );
}

type SearchFieldProps = {
  name?: string;
  defaultValue?: string;
  placeholder?: string;
  label: string;
  className?: string;
};

/** A search box for a `FilterBar`. */
export function SearchField({
  name = "q",
  label,
  placeholder,
  defaultValue,
  className,
}: SearchFieldProps) {
  return (
    <div className={cx("relative min-w-0 grow basis-full sm:max-w-80 sm:basis-56", className)}>
      <Search
        aria-hidden="true"
        className={cx(
          "pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2",
          "text-ink-muted",
        )}
      />
      <input
        type="search"
        name={name}
        aria-label={label}
        placeholder={placeholder ?? label}
        defaultValue={defaultValue}
        className="control pr-3 pl-9 text-base sm:text-sm"
      />
    </div>
  );
}

type FilterSelectProps = {
  name: string;
  label: string;
  defaultValue?: string;
  options: readonly { value: string; label: string }[];
  /** What the list shows without a choice, where that is not everything: "open". */
  without?: string;
};

/** A drop-down for a `FilterBar`; its first entry, "…: all" by default, removes the filter. */
export function FilterSelect({
  name,
  label,
  defaultValue = "",
  options,
  without = "all",
}: FilterSelectProps) {
  return (
    <select
      name={name}
      aria-label={label}
      defaultValue={defaultValue}
      className={cx(
        "control w-auto! max-w-full px-3 text-sm",
        defaultValue && "border-accent-mark! bg-accent-soft! text-accent-text!",
      )}
    >
      <option value="">
        {label}: {without}
      </option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** The days of a list, both counted: `from` and `to` for a `FilterBar`. */
export function FilterDays({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return (
    <fieldset className="flex items-center gap-1.5 text-sm text-ink-muted">
      <legend className="sr-only">Days</legend>
      <DayField name="from" label="From" value={from} />
      <span aria-hidden="true">–</span>
      <DayField name="to" label="To" value={to} />
    </fieldset>
  );
}

function DayField({
  name,
  label,
  value,
}: {
  name: string;
  label: string;
  value?: string | undefined;
}) {
  return (
    <input
      type="date"
      name={name}
      aria-label={label}
      defaultValue={value}
      className={cx(
        "control w-auto! px-3 text-sm",
        value ? "border-accent-mark! bg-accent-soft! text-accent-text!" : "text-ink-muted",
      )}
    />
  );
}
