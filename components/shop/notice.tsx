import type { ReactNode } from "react";

type NoticeProps = { title: string; children: ReactNode; action?: ReactNode };

/** A page that says one thing kindly: what is the matter, and what to do. */
export function Notice({ title, children, action }: NoticeProps) {
  return (
    <div className="flex flex-col items-start gap-4 py-6">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <div className="flex flex-col gap-3 text-base/7 text-ink-muted">{children}</div>
      {action ? <div className="mt-2 flex flex-wrap gap-3">{action}</div> : null}
    </div>
  );
}
