import type { ComponentProps } from "react";
import { SpokenCode } from "./spoken-code";

type CounterCardProps = {
  title: string;
  code: ({ how: string } & ComponentProps<typeof SpokenCode>) | null;
  email: string;
};

/** The way to a shop without a web address: what to say at its counter. */
export function CounterCard({ title, code, email }: CounterCardProps) {
  return (
    <section className="rounded-card border border-line bg-surface p-5">
      <h2 className="font-semibold">{title}</h2>
      {code ? (
        <>
          <p className="mt-1.5 text-sm/6 text-ink-muted">{code.how}</p>
          <SpokenCode {...code} />
        </>
      ) : null}
      <p className="mt-2 text-sm/6 text-ink-muted">{email}</p>
    </section>
  );
}
