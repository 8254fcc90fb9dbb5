"use client";

import { useState, useTransition } from "react";
import { Alert } from "@/components/ui/content/alert";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Table } from "@/components/ui/content/table";
import { Button } from "@/components/ui/controls/button";
import type { ActionResult, FormAction } from "@/lib/core/action-result";
import type { LadderPreview } from "./ladder-fields";

/** How many customers each tier of the form would have, before it is saved. */
export function PreviewCard({
  preview,
  read,
}: {
  preview: FormAction<LadderPreview>;
  read: () => FormData;
}) {
  const [pending, start] = useTransition();
  const [result, setResult] = useState<ActionResult<LadderPreview> | null>(null);
  const run = () => start(async () => setResult(await preview(null, read())));
  return (
    <Card>
      <section className="flex flex-col gap-4">
        <CardHeader
          title="Preview the effect"
          description="Based on today’s data. Customers who have a tier keep it until it expires."
          actions={
            <Button onClick={run} pending={pending}>
              Count customers
            </Button>
          }
        />
        <div aria-live="polite">
          {result && !result.ok ? (
            <Alert tone="bad">{Object.values(result.fieldErrors)[0] ?? result.message}</Alert>
          ) : null}
          {result?.ok ? (
            <Table
              caption="Customers by tier"
              rows={result.data}
              rowKey={(row) => row.name}
              columns={[
                { key: "name", header: "Tier", primary: true, cell: (row) => row.name },
                {
                  key: "now",
                  header: "Now",
                  numeric: true,
                  cell: (row) => (row.now === null ? "New" : row.now.toLocaleString("en")),
                },
                {
                  key: "would",
                  header: "With these tiers",
                  numeric: true,
                  cell: (row) => row.would.toLocaleString("en"),
                },
              ]}
            />
          ) : null}
        </div>
      </section>
    </Card>
  );
}
