"use client";

import { Check } from "lucide-react";
import { useId, type ComponentProps, type ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { FieldMessage } from "./field";
import { useFormState } from "./form-context";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

/** A checkbox; submits `on` (or `value`) when ticked. */
export function Checkbox({ label, hint, className, ...props }: CheckboxProps) {
  const id = useId();
  const error = useFormState().fieldErrors[props.name ?? ""];
  return (
    <div className={className}>
      <label className="flex min-h-6 items-start gap-2.5 text-sm">
        <span className="relative mt-0.5 grid size-[1.125rem] shrink-0 place-items-center">
          <input
            type="checkbox"
            aria-invalid={error ? true : undefined}
            aria-describedby={cx(error && `${id}-error`, hint != null && `${id}-hint`) || undefined}
            {...props}
            className={
              "peer absolute inset-0 size-full appearance-none rounded-[5px] border " +
              "border-line-strong bg-raised transition-colors checked:border-accent-mark " +
              "checked:bg-accent disabled:bg-sunken aria-invalid:border-bad"
            }
          />
          <Check
            aria-hidden="true"
            className={
              "pointer-events-none relative size-3.5 stroke-3 text-accent-ink opacity-0 " +
              "peer-checked:opacity-100"
            }
          />
        </span>
        <span>
          {label}
          {hint != null ? (
            <span id={`${id}-hint`} className="mt-0.5 block text-[0.8125rem]/5 text-ink-muted">
              {hint}
            </span>
          ) : null}
        </span>
      </label>
      {error ? <FieldMessage id={`${id}-error`}>{error}</FieldMessage> : null}
    </div>
  );
}

type Choice = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
};

type RadioGroupProps = {
  name: string;
  /** The question. */
  legend: ReactNode;
  hideLegend?: boolean;
  choices: readonly Choice[];
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  /**
   * `cards` for choices that need explaining, `segments` for a few short ones, `list` otherwise.
   */
  look?: "list" | "cards" | "segments";
  className?: string;
};

/** One of several, all visible. Native radios: arrow keys and forms work without script. */
export function RadioGroup(props: RadioGroupProps) {
  const {
    name,
    legend,
    hideLegend,
    choices,
    defaultValue,
    value,
    onValueChange,
    look = "list",
    className,
  } = props;
  const id = useId();
  const error = useFormState().fieldErrors[name];
  return (
    <fieldset
      role="radiogroup"
      className={cx("min-w-0", className)}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-sm font-medium"}>{legend}</legend>
      <div
        className={cx(
          look === "list" && "flex flex-col gap-2.5",
          look === "cards" && "grid gap-2.5 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]",
          look === "segments" &&
            "inline-flex max-w-full flex-wrap gap-0.5 rounded-control bg-sunken p-1",
        )}
      >
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            name={name}
            choice={choice}
            look={look}
            {...(value === undefined
              ? { defaultChecked: choice.value === defaultValue }
              : { checked: choice.value === value })}
            onChoose={onValueChange}
          />
        ))}
      </div>
      {error ? <FieldMessage id={`${id}-error`}>{error}</FieldMessage> : null}
    </fieldset>
  );
}

type RadioProps = {
  name: string;
  choice: Choice;
  look: "list" | "cards" | "segments";
  checked?: boolean;
  defaultChecked?: boolean;
  onChoose?: (value: string) => void;
};

function Radio({ name, choice, look, onChoose, ...checked }: RadioProps) {
  return (
    <label
      className={cx("group relative flex text-sm", LABELS[look], choice.disabled && "opacity-55")}
    >
      <input
        type="radio"
        name={name}
        value={choice.value}
        disabled={choice.disabled}
        {...checked}
        onChange={onChoose ? () => onChoose(choice.value) : undefined}
        readOnly={checked.checked !== undefined && !onChoose ? true : undefined}
        className={
          look === "segments" ? "absolute inset-0 size-full appearance-none rounded-[7px]" : DOT
        }
      />
      {choice.icon ? (
        <span
          aria-hidden="true"
          className={cx(
            "text-ink-muted group-has-checked:text-accent-text [&_svg]:size-[1.125rem]",
          )}
        >
          {choice.icon}
        </span>
      ) : null}
      <span className="min-w-0">
        <span className={look === "cards" ? "font-medium" : undefined}>{choice.label}</span>
        {choice.hint != null && look !== "segments" ? (
          <span className="mt-0.5 block text-[0.8125rem]/5 text-ink-muted">{choice.hint}</span>
        ) : null}
      </span>
    </label>
  );
}

const DOT =
  "mt-px size-[1.125rem] shrink-0 appearance-none rounded-full border border-line-strong " +
  "bg-raised transition-[border-width] checked:border-[5px] checked:border-accent-mark";

const LABELS = {
  list: "min-h-6 items-start gap-2.5",
  cards:
    "items-start gap-2.5 rounded-control border border-line-strong/70 bg-raised p-3.5 " +
    "transition-colors hover:border-ink-muted has-checked:border-accent-mark " +
    "has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--accent-mark)]",
  segments:
    "min-h-8 items-center gap-1.5 rounded-[7px] px-3 text-ink-muted hover:text-ink " +
    "has-checked:bg-raised has-checked:font-medium has-checked:text-ink " +
    "has-checked:shadow-[0_0_0_1px_var(--line-strong)]",
} as const;
