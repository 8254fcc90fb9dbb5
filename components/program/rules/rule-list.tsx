"use client";

import { ArrowDown, ArrowUp, Copy, Ellipsis, Pencil, Power, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Badge } from "@/components/ui/content/badge";
import { Card, CardHeader } from "@/components/ui/content/card";
import { IconButton } from "@/components/ui/controls/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/overlays/menu";
import { useToast } from "@/components/ui/overlays/toast";
import type { ActionResult, FormAction } from "@/lib/core/action-result";
import type { Rule } from "@/lib/terms/schema";
import { formFields } from "./form-fields";

/** A rule in words, for the list. */
export type RuleRow = {
  id: string;
  name: string | null;
  when: string;
  gives: string;
  limits: string[];
  off: boolean;
  arm: string | null;
};
export type RuleSection = { group: string; title: string; description: string; rows: RuleRow[] };

export type RuleActions = {
  remove: FormAction<{ rule: Rule; index: number }>;
  restore: FormAction<null>;
  duplicate: FormAction<{ ruleId: string }>;
  move: FormAction<null>;
  switchTo: FormAction<null>;
};

type RuleListProps = {
  sections: readonly RuleSection[];
  programId: string;
  rulesHref: string;
  actions: RuleActions | null;
};

/** All rules as sentences, for whom they are. What is taken out can be put back at once. */
export function RuleList({ sections, programId, rulesHref, actions }: RuleListProps) {
  return (
    <>
      {sections
        .filter(({ rows }) => rows.length > 0)
        .map(({ group, title, description, rows }) => (
          <Card flush key={group}>
            <CardHeader
              title={title}
              description={description}
              className="px-5 pt-5 pb-3 sm:px-6"
            />
            <ul>
              {rows.map((row, index) => (
                <Row
                  key={row.id}
                  row={row}
                  programId={programId}
                  rulesHref={rulesHref}
                  actions={actions}
                  above={rows[index - 1]?.id ?? null}
                  below={rows[index + 1] ? (rows[index + 2]?.id ?? null) : undefined}
                />
              ))}
            </ul>
          </Card>
        ))}
    </>
  );
}

type RowProps = {
  row: RuleRow;
  programId: string;
  rulesHref: string;
  actions: RuleActions | null;
  /** Before which it goes when it moves up or down; null for the end, undefined when it cannot. */
  above: string | null;
  below: string | null | undefined;
};

function Row({ row, programId, rulesHref, actions, above, below }: RowProps) {
  const router = useRouter();
  const toast = useToast();
  const [pending, start] = useTransition();
  const href = `${rulesHref}/rule/${row.id}`;
  const label = row.name ?? row.when;

  async function run<T>(action: FormAction<T>, values: Record<string, string>): Promise<T | null> {
    const result: ActionResult<T> = await action(null, formFields({ programId, ...values }));
    if (!result.ok) toast({ message: result.message, tone: "bad" });
    return result.ok ? result.data : null;
  }
  const remove = ({ remove, restore }: RuleActions) =>
    start(async () => {
      const removed = await run(remove, { ruleId: row.id });
      if (!removed) return;
      const { rule, index } = removed;
      toast({
        message: `“${label}” is deleted.`,
        tone: "good",
        undo: {
          run: () =>
            start(
              async () =>
                void (await run(restore, { rule: JSON.stringify(rule), index: String(index) })),
            ),
        },
      });
    });
  const turn = ({ switchTo }: RuleActions) =>
    start(async () => {
      const set = (on: boolean) => run(switchTo, { ruleId: row.id, on: String(on) });
      await set(row.off);
      toast({
        message: row.off ? "Switched on." : "Switched off. It stays here.",
        tone: "good",
        undo: { run: () => start(async () => void (await set(!row.off))) },
      });
    });
  const duplicate = (actions: RuleActions) =>
    start(async () => {
      const copy = await run(actions.duplicate, { ruleId: row.id });
      if (copy) router.push(`${rulesHref}/rule/${copy.ruleId}`);
    });
  const move = (actions: RuleActions, before: string | null) =>
    start(async () => {
      await run(actions.move, { ruleId: row.id, before: before ?? "" });
    });

  return (
    <li
      className="relative flex items-start gap-2 border-t border-line py-4 pr-3 pl-5 hover:bg-raised sm:pr-4 sm:pl-6"
      aria-busy={pending}
    >
      <div className={row.off ? "min-w-0 flex-1 opacity-60" : "min-w-0 flex-1"}>
        {row.name ? <p className="text-[0.8125rem]/5 text-ink-muted">{row.name}</p> : null}
        <p className="text-[0.9375rem]/6 [overflow-wrap:anywhere]">
          {actions ? (
            <Link href={href} className="rounded-sm font-medium after:absolute after:inset-0">
              {row.gives}
            </Link>
          ) : (
            <span className="font-medium">{row.gives}</span>
          )}
          <span className="text-ink-muted">{` · ${row.when}`}</span>
        </p>
        {row.limits.length > 0 ? (
          <p className="mt-0.5 text-sm/6 text-ink-muted [overflow-wrap:anywhere]">
            {row.limits.join(" · ")}
          </p>
        ) : null}
        {row.off || row.arm ? (
          <p className="mt-1.5 flex flex-wrap gap-1.5">
            {row.off ? <Badge>Switched off</Badge> : null}
            {row.arm ? <Badge tone="accent">{row.arm}</Badge> : null}
          </p>
        ) : null}
      </div>
      {actions ? (
        <div className="relative z-10">
          <Menu
            label={`More for “${label}”`}
            trigger={
              <IconButton label={`More for “${label}”`}>
                <Ellipsis aria-hidden="true" />
              </IconButton>
            }
          >
            <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => router.push(href)}>
              Edit
            </MenuItem>
            <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => duplicate(actions)}>
              Duplicate
            </MenuItem>
            <MenuItem icon={<Power aria-hidden="true" />} onSelect={() => turn(actions)}>
              {row.off ? "Switch on" : "Switch off"}
            </MenuItem>
            <MenuItem
              icon={<ArrowUp aria-hidden="true" />}
              disabled={above === null}
              onSelect={() => move(actions, above)}
            >
              Move up
            </MenuItem>
            <MenuItem
              icon={<ArrowDown aria-hidden="true" />}
              disabled={below === undefined}
              onSelect={() => move(actions, below ?? null)}
            >
              Move down
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 aria-hidden="true" />} onSelect={() => remove(actions)}>
              Delete
            </MenuItem>
          </Menu>
        </div>
      ) : null}
    </li>
  );
}
