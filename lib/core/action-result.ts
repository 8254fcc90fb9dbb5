import type { ErrorCode } from "./errors";

/** The errors of a form, by field name (`terms.en` for a nested value). */
export type FieldErrors = Record<string, string>;

/** What a server action returns. A failure carries a message for people, never an error object. */
export type ActionResult<T = null> =
  | { ok: true; data: T }
  /**
   * `code` is stable, so that a page can show the message in another language; `typed` is what was
   * sent, by field, for pages without script, which come anew and would show empty fields.
   */
  | {
      ok: false;
      message: string;
      fieldErrors: FieldErrors;
      code?: ErrorCode;
      typed?: Readonly<Record<string, string>>;
    };

/** The shape that `<ActionForm action>` takes: React's `useActionState` over a form. */
export type FormAction<T = null> = (
  previous: ActionResult<T> | null,
  form: FormData,
) => Promise<ActionResult<T>>;

/** A success with its data. */
export function succeeded<T>(data: T): ActionResult<T> {
  return { ok: true, data };
}

/** A failure: one sentence for the whole form, and one per field where the field is to blame. */
export function failed<T = never>(
  message: string,
  fieldErrors: FieldErrors = {},
  code?: ErrorCode,
): ActionResult<T> {
  return { ok: false, message, fieldErrors, ...(code && { code }) };
}

/** Zod issues (or the like) → the first message for each field, keyed by its dotted path. */
export function fieldErrorsFrom(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of issues) {
    const key = issue.path.map(String).join(".");
    if (key !== "" && !(key in errors)) errors[key] = issue.message;
  }
  return errors;
}
