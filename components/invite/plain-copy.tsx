import { Copy } from "lucide-react";
import { buttonClass } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";

type PlainCopyProps = { value: string; label: string; copiedLabel: string };

/** Puts a value on the clipboard, by public/invite.js alone; without script it is not there. */
export function PlainCopy({ value, label, copiedLabel }: PlainCopyProps) {
  return (
    <button
      type="button"
      data-copy={value}
      data-copied={copiedLabel}
      className={cx(buttonClass({ size: "lg" }), "noscript:hidden")}
    >
      <Copy aria-hidden="true" />
      <span aria-live="polite">{label}</span>
    </button>
  );
}
