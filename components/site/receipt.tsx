const STEPS = [
  ["Tom opened the link", "May 2"],
  ["Tom joined and got 15% off", "May 2"],
  ["Tom's first order, $64.20", "May 4"],
  ["Return window ended", "May 18"],
] as const;

/** A reward's receipt, drawn as an example of what a customer sees. */
export function Receipt() {
  return (
    <figure className="rounded-2xl border border-line bg-surface p-6 shadow-sm sm:p-8">
      <figcaption className="text-sm text-ink-muted">Your reward for inviting Tom</figcaption>
      <p className="mt-2 text-5xl font-semibold tracking-tight tabular-nums">$10.00</p>
      <p className="mt-1 text-sm font-medium text-good">Added to your balance on May 18</p>
      <ol className="mt-6 space-y-3 border-t border-line pt-5 text-sm">
        {STEPS.map(([what, when]) => (
          <li key={what} className="flex items-baseline justify-between gap-4">
            <span>{what}</span>
            <span className="shrink-0 text-ink-muted tabular-nums">{when}</span>
          </li>
        ))}
      </ol>
      <p className="mt-5 border-t border-line pt-4 text-sm text-ink-muted">
        Rule: $10 in credit, 14 days after a friend&rsquo;s first order of $20 or more.
      </p>
    </figure>
  );
}
