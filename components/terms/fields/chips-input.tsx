"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { cx } from "@/components/ui/cx";
import { useFieldProps } from "@/components/ui/controls/form-context";

type ChipsInputProps = {
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
  /** Offered in the browser's own list. */
  suggestions?: readonly { value: string; label?: string }[];
  /** What typed text stands for: "DE" for "germany". */
  read?: (typed: string) => string;
  /** What a chip shows. */
  label?: (value: string) => string;
};

/** The field looks as one control: what its text box would show, the box around it shows. */
const MARKED =
  "has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent-mark " +
  "has-[input[aria-invalid]]:border-bad has-[input[aria-invalid]]:ring-1 " +
  "has-[input[aria-invalid]]:ring-bad";

/** Several words: Enter or a comma adds one, Backspace in the empty field removes the last. */
export function ChipsInput({
  values,
  onChange,
  placeholder,
  suggestions,
  read = (typed) => typed,
  label = (value) => value,
}: ChipsInputProps) {
  const field = useFieldProps();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const added = text
      .split(",")
      .map((part) => read(part.trim()))
      .filter((part) => part !== "" && !values.includes(part));
    if (added.length > 0) onChange([...values, ...new Set(added)]);
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" || (event.key === "," && typed.trim() !== "")) {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "" && values.length > 0) {
      onChange(values.slice(0, -1));
    }
  };
  return (
    <div className={`control flex flex-wrap items-center gap-1.5 px-2 py-1.5 ${MARKED}`}>
      {values.map((value) => (
        <Chip
          key={value}
          label={label(value)}
          onRemove={() => onChange(values.filter((other) => other !== value))}
        />
      ))}
      <input
        {...field}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => add(typed)}
        list={suggestions ? listId : undefined}
        placeholder={values.length === 0 ? placeholder : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className={cx(
          "min-h-7 min-w-24 flex-1 bg-transparent px-1 text-base outline-none",
          "placeholder:text-ink-muted sm:text-sm",
        )}
      />
      {suggestions ? (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion.value} value={suggestion.value} label={suggestion.label} />
          ))}
        </datalist>
      ) : null}
    </div>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span
      className={cx(
        "inline-flex min-h-7 max-w-full items-center gap-1",
        "rounded-[7px] bg-sunken pl-2.5 text-sm",
      )}
    >
      <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
      <button
        type="button"
        aria-label={`Remove ${label}`}
        onClick={onRemove}
        className={cx(
          "grid size-7 shrink-0 place-items-center rounded-[7px]",
          "text-ink-muted hover:text-ink",
        )}
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
