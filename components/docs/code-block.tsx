import { cx } from "@/components/ui/cx";
import { CopyButton } from "@/components/ui/controls/copy-button";

type CodeBlockProps = { code: string; label: string; copy?: boolean };

/** Code to read, and to take along. */
export function CodeBlock({ code, label, copy }: CodeBlockProps) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1.5 flex items-center justify-between gap-3 text-xs text-ink-muted">
        {label}
        {copy ? <CopyButton value={code} size="sm" variant="quiet" /> : null}
      </figcaption>
      <pre
        role="region"
        tabIndex={0}
        aria-label={label}
        className={cx(
          "max-h-112 overflow-auto rounded-control bg-sunken p-4",
          "font-mono text-[0.8125rem]/6",
        )}
      >
        {code}
      </pre>
    </figure>
  );
}

/** Words with `code` in them. */
export function Words({ children }: { children: string }) {
  return children.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={index} className="rounded-sm bg-sunken px-1 font-mono text-[0.9em] break-words">
        {part}
      </code>
    ),
  );
}
