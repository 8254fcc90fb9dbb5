"use client";

import { createContext, useContext } from "react";
import type { FieldErrors } from "@/lib/core/action-result";

/** What a form passes to the fields inside it. */
export type FormState = { fieldErrors: FieldErrors; pending: boolean };

export const FormContext = createContext<FormState>({ fieldErrors: {}, pending: false });

/** The state of the enclosing form; without one, no errors and nothing pending. */
export function useFormState(): FormState {
  return useContext(FormContext);
}

/** What a field passes to the control inside it. */
export type FieldState = {
  id: string;
  name?: string;
  describedBy?: string;
  invalid: boolean;
  required: boolean;
};

export const FieldContext = createContext<FieldState | null>(null);

/** The props that tie a control to its field: id, name and aria. Empty outside of a field. */
export function useFieldProps(): {
  id?: string;
  name?: string;
  required?: boolean;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
} {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    name: field.name,
    required: field.required || undefined,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid || undefined,
  };
}
