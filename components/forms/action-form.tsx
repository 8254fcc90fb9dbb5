"use client";

import {
  startTransition,
  useActionState,
  useEffect,
  useRef,
  type ComponentProps,
  type ReactNode,
} from "react";
import type { ActionResult, FormAction } from "@/lib/core/action-result";
import { Alert } from "@/components/ui/content/alert";
import { cx } from "../ui/cx";
import { type FormWatch, useWatchedForm } from "@/components/ui/unsaved/use-watched-form";
import { FormContext } from "@/components/ui/controls/form-context";

type ActionFormProps<T> = Omit<ComponentProps<"form">, "action" | "onSubmit" | "children"> & {
  action: FormAction<T>;
  children:
    ReactNode | ((state: { result: ActionResult<T> | null; pending: boolean }) => ReactNode);
  /** Called once per success, in the browser: close a dialog, show a toast. */
  onSuccess?: (data: T) => void;
  /** Empties the form after a success, for forms that are filled in repeatedly. */
  resetOnSuccess?: boolean;
  /** For a form that edits: the page asks before it is left with changes. */
  watched?: FormWatch;
  /** Shown above the form after a success, where the form stays. */
  successMessage?: ReactNode;
};

/**
 * A form over a server action. Fields inside find their own errors by name; input stays after an
 * error, and focus moves to the first invalid field. Works before its script has loaded.
 */
export function ActionForm<T>(props: ActionFormProps<T>) {
  const { action, children, onSuccess, resetOnSuccess, successMessage, watched, ...more } = props;
  const { className, ...rest } = more;
  const [result, dispatch, pending] = useActionState<ActionResult<T> | null, FormData>(
    action,
    null,
  );
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const noteSaved = useWatchedForm(form, watched);

  useEffect(() => {
    if (!result) return;
    if (result.ok) {
      if (resetOnSuccess) form.current?.reset();
      noteSaved();
      onSuccess?.(result.data);
      return;
    }
    (form.current?.querySelector<HTMLElement>(INVALID) ?? summary.current)?.focus();
    // Only a new answer counts; callbacks may change between renders without one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [result]);

  const failure = result && !result.ok ? result : null;
  return (
    <FormContext value={{ fieldErrors: failure?.fieldErrors ?? {}, pending }}>
      <form
        noValidate
        {...rest}
        ref={form}
        action={dispatch}
        onSubmit={(event) => {
          // React empties a form after its action; submitting by hand keeps what was typed.
          event.preventDefault();
          if (pending) return;
          const submitter = (event.nativeEvent as SubmitEvent).submitter;
          const data = new FormData(event.currentTarget, submitter);
          startTransition(() => dispatch(data));
        }}
        className={cx("flex flex-col gap-5", className)}
      >
        {failure ? (
          <div
            ref={summary}
            tabIndex={-1}
            className={cx(
              "rounded-card",
              // The field says it already, where it stands in the form.
              Object.values(failure.fieldErrors ?? {}).includes(failure.message) &&
                "in-[form:has([aria-invalid=true])]:hidden",
            )}
          >
            <Alert tone="bad" live>
              {failure.message}
            </Alert>
          </div>
        ) : null}
        {result?.ok && successMessage ? (
          <Alert tone="good" live>
            {successMessage}
          </Alert>
        ) : null}
        {typeof children === "function" ? children({ result, pending }) : children}
      </form>
    </FormContext>
  );
}

/** What of a form can be focused and was refused. */
const INVALID =
  ":is(input,select,textarea,button)[aria-invalid='true']:not([type='hidden'])," +
  "[role='radiogroup'][aria-invalid='true'] input";
