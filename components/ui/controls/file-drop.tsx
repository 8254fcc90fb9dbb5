"use client";

import { Upload, X } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { IconButton } from "./button";
import { cx } from "@/components/ui/cx";
import { useFieldProps } from "./form-context";

type FileDropProps = {
  name?: string;
  /** What the browser offers, such as `image/png,image/svg+xml`; the server checks for itself. */
  accept: string;
  /** Bytes; a larger file is refused before it is sent. */
  maxBytes: number;
  /** What is accepted, in words: "PNG, JPEG or WebP, up to 1 MB". */
  hint: ReactNode;
  prompt?: string;
  tooLarge?: string;
};

/**
 * One file, by drop or by dialog; an image is shown at once. Lives in a `Field`, submits with its
 * form.
 */
export function FileDrop(props: FileDropProps) {
  const {
    name,
    accept,
    maxBytes,
    hint,
    prompt = "Choose a file or drop it here",
    tooLarge = "That file is too large.",
  } = props;
  const field = useFieldProps();
  const { input, file, problem, take, clear } = useChosenFile(maxBytes, tooLarge);
  const [over, setOver] = useState(false);

  return (
    <div className="flex flex-col gap-1.5">
      <div
        className={cx(
          "relative flex min-h-24 items-center gap-4 rounded-card border border-dashed px-5 py-4 " +
            "transition-colors",
          "focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-mark",
          over
            ? "border-accent-mark bg-accent-soft"
            : "border-line-strong bg-raised hover:border-ink-muted",
        )}
      >
        {file?.preview ? (
          <img
            src={file.preview}
            alt=""
            className="size-14 rounded-control bg-sunken object-contain"
          />
        ) : (
          <Upload aria-hidden="true" className="size-5 shrink-0 text-ink-muted" />
        )}
        <div className="min-w-0 flex-1 text-sm">
          <p className="truncate font-medium">{file?.name ?? prompt}</p>
          <p className="text-[0.8125rem] text-ink-muted">{hint}</p>
        </div>
        <input
          {...field}
          {...(name ? { name } : {})}
          ref={input}
          type="file"
          accept={accept}
          aria-label={field.id ? undefined : prompt}
          onChange={(event) => take(event.currentTarget.files?.[0])}
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          onDrop={() => setOver(false)}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
        {file ? (
          <IconButton label="Remove" size="sm" className="relative z-1" onClick={clear}>
            <X aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      {problem ? (
        <p role="alert" className="text-[0.8125rem] font-medium text-bad">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

/** The chosen file, the preview of an image, and what is wrong with the file. */
function useChosenFile(maxBytes: number, tooLarge: string) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; preview: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const preview = file?.preview;
    return preview ? () => URL.revokeObjectURL(preview) : undefined;
  }, [file]);

  const clear = () => {
    if (input.current) input.current.value = "";
    setFile(null);
  };
  const take = (chosen: File | undefined) => {
    setProblem(null);
    if (!chosen) return clear();
    if (chosen.size > maxBytes) {
      clear();
      return setProblem(tooLarge);
    }
    const preview = chosen.type.startsWith("image/") ? URL.createObjectURL(chosen) : null;
    setFile({ name: chosen.name, preview });
  };

  return { input, file, problem, take, clear };
}
