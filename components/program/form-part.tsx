import type { ReactNode } from "react";
import { Card } from "@/components/ui/content/card";

/** A part of a long form, on a card of its own. */
export function FormPart({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card>
      <section className="flex flex-col gap-4">
        <div>
          <h2 className="text-base font-semibold tracking-tight">{title}</h2>
          {description ? <p className="mt-0.5 text-sm text-ink-muted">{description}</p> : null}
        </div>
        {children}
      </section>
    </Card>
  );
}
