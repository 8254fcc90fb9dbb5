import type { ReactNode } from "react";
import { PromiseCard, type PromiseCardLine } from "@/components/shop/promise-card";
import { Alert } from "@/components/ui/content/alert";
import { cx } from "@/components/ui/cx";
import { Disclosure } from "@/components/ui/content/disclosure";

type JoinViewProps = {
  heading: string;
  /** Why no one can join at the moment. */
  closed: { title: string; body: string } | null;
  advocate: { label: string; lines: readonly PromiseCardLine[] };
  friend: { label: string; lines: readonly PromiseCardLine[] };
  limits: readonly string[];
  how: { label: string; steps: readonly string[] };
  terms: { label: string; text: string } | null;
  children: ReactNode;
};

/** The door of the customer's page: what both get, how it works, and the way in. */
export function JoinView(props: JoinViewProps) {
  const { heading, closed, how, terms, children } = props;
  return (
    <article className="flex flex-col gap-6">
      <h1 className="text-[1.75rem]/9 font-semibold tracking-tight [overflow-wrap:anywhere]">
        {heading}
      </h1>
      {closed ? (
        <Alert tone="warn" title={closed.title}>
          {closed.body}
        </Alert>
      ) : (
        <Promises {...props} />
      )}
      {children}
      {closed ? null : <HowItWorks {...how} />}
      {terms ? (
        <Disclosure summary={terms.label}>
          <p className="whitespace-pre-line leading-6">{terms.text}</p>
        </Disclosure>
      ) : null}
    </article>
  );
}

function Promises({
  advocate,
  friend,
  limits,
}: Pick<JoinViewProps, "advocate" | "friend" | "limits">) {
  return (
    <div className="flex flex-col gap-3">
      {advocate.lines.length > 0 ? <PromiseCard {...advocate} /> : null}
      {friend.lines.length > 0 ? <PromiseCard {...friend} look="second" /> : null}
      {limits.length > 0 ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 px-1 text-sm/6 text-ink-muted">
          {limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function HowItWorks({ label, steps }: JoinViewProps["how"]) {
  return (
    <section className="border-t border-line pt-5">
      <h2 className="text-base font-semibold tracking-tight">{label}</h2>
      <ol className="mt-3 flex flex-col gap-3">
        {steps.map((step, index) => (
          <li key={step} className="flex gap-3 text-sm/6">
            <span
              aria-hidden="true"
              className={cx(
                "figure grid size-6 shrink-0 place-items-center rounded-full",
                "bg-accent-soft text-xs font-medium text-accent-text",
              )}
            >
              {index + 1}
            </span>
            {step}
          </li>
        ))}
      </ol>
    </section>
  );
}
