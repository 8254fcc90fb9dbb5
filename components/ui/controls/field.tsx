"use client";

import { CircleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { FieldContext, useFormState } from "./form-context";

type FieldProps = {
  /**
   * The control's name in the form; also where the field's error is looked up in an `ActionForm`.
   */
  name?: string;
  label: ReactNode;
  /** Kept for screen readers when the control is plain without it. */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** Overrides the error that the form around knows. */
  error?: string;
  required?: boolean;
  /** Marked beside the label; fields without the mark are required. */
  optional?: boolean | string;
  /** At the right end of the label's line: a link such as "Forgot password?". */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A label, a control, a hint and an error, linked for screen readers too. */
export function Field(props: FieldProps) {
  const {
    name,
    label,
    hideLabel,
    hint,
    required = false,
    optional,
    aside,
    className,
    children,
  } = props;
  const id = useId();
  const form = useFormState();
  const error = props.error ?? (name ? form.fieldErrors[name] : undefined);
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = cx(error && errorId, hint != null && hintId) || undefined;
  return (
    <FieldContext value={{ id, name, describedBy, invalid: error !== undefined, required }}>
      <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
        <div className={cx("flex items-baseline justify-between gap-3", hideLabel && "sr-only")}>
          <label htmlFor={id} className="text-sm font-medium">
            {label}
            {optional ? (
              <span className="ml-1.5 font-normal text-ink-muted">
                {typeof optional === "string" ? optional : "optional"}
              </span>
            ) : null}
          </label>
          {aside ? <span className="text-sm">{aside}</span> : null}
        </div>
        {children}
        {error ? <FieldMessage id={errorId}>{error}</FieldMessage> : null}
        {hint != null ? (
          <div id={hintId} className="text-[0.8125rem]/5 text-ink-muted">
            {hint}
          </div>
        ) : null}
      </div>
    </FieldContext>
  );
}

/** Why a value was not accepted, and what to do. */
export function FieldMessage({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-[0.8125rem]/5 font-medium text-bad">
      <CircleAlert aria-hidden="true" className="mt-[3px] size-3.5 shrink-0" />
      {children}
    </p>
  );
}

type FieldsetProps = {
  legend: ReactNode;
  hint?: ReactNode;
  /** The name under which the form knows the group's error. */
  name?: string;
  children: ReactNode;
  className?: string;
};

/** Several controls that answer one question. */
export function Fieldset({ legend, hint, name, children, className }: FieldsetProps) {
  const id = useId();
  const error = useFormState().fieldErrors[name ?? ""];
  return (
    <fieldset
      aria-describedby={error ? `${id}-error` : undefined}
      data-field={name}
      className={cx("flex min-w-0 flex-col gap-3", className)}
    >
      <legend className="mb-0.5 text-sm font-medium">{legend}</legend>
      {hint ? <p className="-mt-2.5 text-[0.8125rem]/5 text-ink-muted">{hint}</p> : null}
      {children}
      {error ? <FieldMessage id={`${id}-error`}>{error}</FieldMessage> : null}
    </fieldset>
  );
}
