"use client";

import { useEffect, useState } from "react";
import type { z } from "zod";

type Kept<T> = { saved: string; value: T };

/**
 * What is being edited, kept in this browser until it is saved or discarded: a closed tab or a
 * wrong link loses nothing. Its key has a number that rises when forms change their shape.
 * @param key names what is edited
 * @param saved as the server has it
 * @param schema what is kept has to fit, since an older page may have kept it
 */
export function useUnsaved<T>(key: string, saved: T, schema: z.ZodType<T>) {
  const place = `goodword:unsaved:2:${key}`;
  const savedText = JSON.stringify(saved);
  const [value, setValue] = useState(saved);
  const [restored, setRestored] = useState(false);
  const [sent, setSent] = useState<T | null>(null);

  useEffect(() => {
    const kept = read(place, schema);
    if (!kept || JSON.stringify(kept.value) === savedText) return;
    setValue(kept.value);
    setRestored(true);
    // Only what is there on arrival is brought back.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [place]);

  const change = (next: T) => {
    setValue(next);
    write(place, JSON.stringify(next) === savedText ? null : { saved: savedText, value: next });
  };
  return {
    value,
    change,
    restored,
    changed: JSON.stringify(value) !== savedText,
    /** Nothing was changed since it was sent. */
    asSent: sent === value,
    /** It goes to the server, as text. */
    send: () => {
      setSent(value);
      return JSON.stringify(value);
    },
    /** Back to what the server has. */
    discard: () => {
      setValue(saved);
      setRestored(false);
      write(place, null);
    },
    /** It is saved: nothing is kept any more. */
    forget: () => {
      setRestored(false);
      write(place, null);
    },
  };
}

function read<T>(place: string, schema: z.ZodType<T>): { value: T } | null {
  try {
    const text = localStorage.getItem(place);
    const parsed =
      text === null ? null : schema.safeParse((JSON.parse(text) as Kept<unknown>).value);
    return parsed?.success ? { value: parsed.data } : null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing only loses the convenience. */
function write<T>(place: string, kept: Kept<T> | null): void {
  try {
    if (kept) localStorage.setItem(place, JSON.stringify(kept));
    else localStorage.removeItem(place);
  } catch {
    return;
  }
}
