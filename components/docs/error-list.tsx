import { Words } from "./code-block";

type ErrorListProps = { errors: readonly { code: string; status: number; meaning: string }[] };

/** Every error code; `docs` in an error's answer links to its line. */
export function ErrorList({ errors }: ErrorListProps) {
  return (
    <dl className="max-w-3xl divide-y divide-line border-y border-line text-sm">
      {errors.map(({ code, status, meaning }) => (
        <div
          key={code}
          id={`error-${code.replaceAll("_", "-")}`}
          className={
            "grid scroll-mt-6 gap-x-4 gap-y-0.5 py-2.5 target:bg-accent-soft " +
            "sm:grid-cols-[15rem_minmax(0,1fr)]"
          }
        >
          <dt className="min-w-0 font-mono text-[0.8125rem] break-words">
            <span className="figure text-ink-muted">{status}</span> {code}
          </dt>
          <dd className="min-w-0 text-ink-muted">
            <Words>{meaning}</Words>
          </dd>
        </div>
      ))}
    </dl>
  );
}
