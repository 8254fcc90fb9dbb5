import { cx } from "@/components/ui/cx";
import { PlainCopy } from "./plain-copy";

type SpokenCodeProps = { value: string; name: string; copy: string; copied: string };

/** A code, large enough to read out at a counter; one tap selects all of it. */
export function SpokenCode({ value, name, copy, copied }: SpokenCodeProps) {
  return (
    <div className="mt-3 flex flex-wrap items-stretch gap-3 *:grow">
      <output
        aria-label={name}
        className={cx(
          "flex-1 rounded-control border border-dashed border-line-strong bg-raised select-all",
          "px-4 py-2.5 text-center font-mono text-xl tracking-wider whitespace-nowrap",
        )}
      >
        {value}
      </output>
      <PlainCopy value={value} label={copy} copiedLabel={copied} />
    </div>
  );
}
