"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { useFieldProps } from "./form-context";

/** 16 px on phones, because iOS zooms into anything smaller. */
const TEXT = "text-base sm:text-sm";

type InputProps = Omit<ComponentProps<"input">, "prefix"> & {
  /** Inside the box, before or after the text: a unit, a currency, an icon. */
  prefix?: ReactNode;
  suffix?: ReactNode;
  /** 48 px high, for the one field of a page. */
  large?: boolean;
};

/** One line of text. Inside a `Field` it takes its id, name and messages from there. */
export function Input({ prefix, suffix, large, className, ...props }: InputProps) {
  const field = useFieldProps();
  const size = cx(TEXT, large && "min-h-12 sm:text-base");
  if (prefix == null && suffix == null) {
    return <input {...field} {...props} className={cx("control px-3", size, className)} />;
  }
  return (
    <div className={cx("relative flex items-stretch", className)}>
      {prefix != null ? <Affix side="left">{prefix}</Affix> : null}
      <input
        {...field}
        {...props}
        className={cx(
          "control px-3",
          size,
          prefix != null && "rounded-l-none",
          suffix != null && "rounded-r-none",
        )}
      />
      {suffix != null ? <Affix side="right">{suffix}</Affix> : null}
    </div>
  );
}

function Affix({ side, children }: { side: "left" | "right"; children: ReactNode }) {
  return (
    <span
      className={cx(
        "flex shrink-0 items-center border-y border-line-strong bg-sunken px-3 text-sm " +
          "text-ink-muted",
        side === "left" ? "rounded-l-control border-l" : "rounded-r-control border-r",
      )}
    >
      {children}
    </span>
  );
}

/** Several lines of text; grows with its content where the browser supports it. */
export function Textarea({ className, rows = 4, ...props }: ComponentProps<"textarea">) {
  const field = useFieldProps();
  return (
    <textarea
      rows={rows}
      {...field}
      {...props}
      className={cx("control field-sizing-content resize-y px-3 py-2 leading-6", TEXT, className)}
    />
  );
}

type SelectProps = Omit<ComponentProps<"select">, "children"> & {
  options: readonly { value: string; label: string; disabled?: boolean }[];
  /** A first entry with an empty value. */
  placeholder?: string;
};

/** One of a few, by the browser's own list. */
export function Select({ options, placeholder, className, ...props }: SelectProps) {
  const field = useFieldProps();
  return (
    <div className={cx("relative", className)}>
      <select
        {...field}
        {...props}
        className={cx("control appearance-none truncate pr-9 pl-3", TEXT)}
      >
        {placeholder !== undefined ? <option value="">{placeholder}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className={cx(
          "pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2",
          "text-ink-muted",
        )}
      />
    </div>
  );
}
