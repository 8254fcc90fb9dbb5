"use client";

import { Card, CardHeader } from "@/components/ui/content/card";
import { type RowContext, RuleListRow, type RuleRow } from "./rule-row";

export type RuleSection = { group: string; title: string; description: string; rows: RuleRow[] };

type RuleListProps = RowContext & { sections: readonly RuleSection[] };

/** All rules as sentences, by whom they are for. A deleted rule can be restored at once. */
export function RuleList({ sections, ...context }: RuleListProps) {
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ group, title, description, rows }) => (
      <Card flush key={group}>
        <CardHeader title={title} description={description} className="px-5 pt-5 pb-3" />
        <ul>
          {rows.map((row, index) => (
            <RuleListRow
              key={row.id}
              {...context}
              row={row}
              above={rows[index - 1]?.id ?? null}
              below={rows[index + 1] ? (rows[index + 2]?.id ?? null) : undefined}
            />
          ))}
        </ul>
      </Card>
    ));
}
