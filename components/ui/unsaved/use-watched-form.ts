"use client";

import { type RefObject, useContext, useEffect, useEffectEvent, useRef } from "react";
import { formText } from "./form-text";
import { UnsavedContext } from "./unsaved-context";

/**
 * How a form is watched for changes that nobody saved: by its fields, or by what its page says of
 * input that it keeps in the browser; not at all where leaving it loses nothing.
 */
export type FormWatch = "fields" | { keptChanges: boolean } | undefined;

/**
 * Has the page ask before it is left with changes in a form.
 * @returns to be called when the form was saved as it stands
 */
export function useWatchedForm(form: RefObject<HTMLFormElement | null>, how: FormWatch) {
  const { watch } = useContext(UnsavedContext);
  const saved = useRef<string | null>(null);
  const textNow = () => (form.current ? formText(new FormData(form.current)) : null);
  const hasChanges = useEffectEvent(() =>
    typeof how === "object" ? how.keptChanges : textNow() !== saved.current,
  );
  const isWatched = how !== undefined;
  const isKept = typeof how === "object";
  useEffect(() => {
    if (!isWatched || !form.current) return;
    saved.current = formText(new FormData(form.current));
    return watch({ form: form.current, hasChanges: () => hasChanges(), isKept });
  }, [form, watch, isWatched, isKept]);
  return () => {
    saved.current = textNow();
  };
}
