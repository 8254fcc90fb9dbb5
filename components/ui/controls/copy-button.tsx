"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "@/components/ui/cx";
import { Button, type ButtonSize, type ButtonVariant } from "./button";

type CopyButtonProps = {
  value: string;
  label?: string;
  copiedLabel?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  block?: boolean;
  /** For counting a share. */
  onCopied?: () => void;
};

/** Puts a value on the clipboard and says that it did. */
export function CopyButton(props: CopyButtonProps) {
  const { value, label = "Copy", copiedLabel = "Copied", variant, size, block, onCopied } = props;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    onCopied?.();
  };
  return (
    <Button
      variant={variant}
      size={size}
      block={block}
      onClick={() => void copy()}
      icon={copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
    >
      <span aria-live="polite">{copied ? copiedLabel : label}</span>
    </Button>
  );
}

type CopyFieldProps = Omit<CopyButtonProps, "block" | "size"> & {
  /** Names the value for screen readers. */
  name: string;
  size?: "md" | "lg";
};

/** A value to read, select and copy: a link, a code, a key. */
export function CopyField({ name, size = "md", ...props }: CopyFieldProps) {
  return (
    <div className="flex min-w-0 items-stretch gap-2">
      <input
        readOnly
        aria-label={name}
        value={props.value}
        onFocus={(event) => event.currentTarget.select()}
        className={cx(
          "control min-w-0 flex-1 truncate px-3 font-mono text-sm",
          size === "lg" && "min-h-12",
        )}
      />
      <CopyButton {...props} size={size} />
    </div>
  );
}
