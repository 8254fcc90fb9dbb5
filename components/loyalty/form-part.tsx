import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/content/card";

type FormPartProps = {
  title: string;
  description?: string;
  actions?: ReactNode;
  children: ReactNode;
};

/** A card of a form, with its heading. */
export function FormPart({ title, description, actions, children }: FormPartProps) {
  return (
    <Card>
      <section className="flex flex-col gap-4">
        <CardHeader
          title={title}
          {...(description && { description })}
          {...(actions && { actions })}
        />
        {children}
      </section>
    </Card>
  );
}
