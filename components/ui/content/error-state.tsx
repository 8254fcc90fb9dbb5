import type { ReactNode } from "react";

type ErrorStateProps = {
  /** What went wrong. */
  title: string;
  children?: ReactNode;
  /** The way out: try again, go back. */
  action?: ReactNode;
  /** A reference to quote to whoever runs the server. */
  reference?: string;
};

/** A page, or a part of one, that could not be loaded. */
export function ErrorState({ title, children, action, reference }: ErrorStateProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-start gap-2 py-16">
      <h1 className="text-2xl font-semibold tracking-[-0.02em]">{title}</h1>
      {children ? <div className="text-ink-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap gap-2">{action}</div> : null}
      {reference ? (
        <p className="mt-4 text-[0.8125rem] text-ink-muted">
          Reference <code className="font-mono">{reference}</code>
        </p>
      ) : null}
    </div>
  );
}
