import { cx } from "../ui/cx";

export type PromiseCardLine = { words: string; when: string; hold: string | null };

type PromiseCardProps = {
  label: string;
  lines: readonly PromiseCardLine[];
  look?: "first" | "second";
};

/** What one side gets: the benefit large, what it waits for below. */
export function PromiseCard({ label, lines, look = "first" }: PromiseCardProps) {
  const first = look === "first";
  return (
    <section
      className={cx(
        "rounded-card border p-5",
        first ? "border-accent-mark/40 bg-accent-soft" : "border-line bg-surface",
      )}
    >
      <h2 className={cx("text-sm font-medium", first ? "text-accent-text" : "text-ink-muted")}>
        {label}
      </h2>
      <ul className="mt-1.5 flex flex-col gap-3">
        {lines.map(({ words, when, hold }) => (
          <li key={`${words} ${when}`}>
            <p
              className={cx(
                "figure font-semibold tracking-tight [overflow-wrap:anywhere]",
                first ? "text-[1.75rem]/9" : "text-lg/7",
              )}
            >
              {words}
            </p>
            <Details parts={[when, hold].filter((part) => part !== null && part !== "")} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Parts beside each other, with a dot between two on one line and none where a line ends. */
function Details({ parts }: { parts: readonly (string | null)[] }) {
  return (
    <p className="mt-1 overflow-hidden text-sm/6 text-ink-muted">
      <span className="-ml-3.5 flex flex-wrap">
        {parts.map((part, place) => (
          <span key={part} className="relative pl-3.5">
            {place > 0 ? <span className="absolute left-1"> · </span> : null}
            {part}
          </span>
        ))}
      </span>
    </p>
  );
}
