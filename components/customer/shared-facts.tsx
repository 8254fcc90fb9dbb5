const WHAT = { email: "Email", phone: "Phone", browser: "Browser" } as const;

/** What two records share, as it was said of each. */
type SharedFact = {
  kind: keyof typeof WHAT;
  said: string;
  otherSaid: string;
  proven: boolean;
};

/** What two records have in common, a line each. */
export function SharedFacts({ shared }: { shared: readonly SharedFact[] }) {
  return (
    <ul className="flex flex-col gap-0.5 text-[0.8125rem]/5 text-ink-muted">
      {shared.map(({ kind, said, otherSaid, proven }) => (
        <li key={`${kind} ${said} ${otherSaid}`} className="break-words">
          {kind === "browser" ? (
            "The same browser"
          ) : (
            <>
              {WHAT[kind]}: {said}
              {otherSaid === said ? null : ` and ${otherSaid}`}
            </>
          )}
          {kind === "email" && !proven ? " (unconfirmed: only a web page said so)" : null}
        </li>
      ))}
    </ul>
  );
}
