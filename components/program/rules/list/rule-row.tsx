"use client";

import { ArrowDown, ArrowUp, Copy, Ellipsis, Pencil, Power, Trash2 } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { useRouter } from "next/navigation";
import { Badge } from "@/components/ui/content/badge";
import { IconButton } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/overlays/menu";
import { adminPaths } from "@/lib/merchants/paths";
import { type RuleActions, type RuleSteps, useRuleSteps } from "./use-rule-steps";

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

/** What every row needs. */
export type RowContext = { slug: string; programId: string; actions: RuleActions };

/** Before which rule it goes when it moves up or down; null for the end, undefined for nowhere. */
type Neighbours = { above: string | null; below: string | null | undefined };

type RuleListRowProps = RowContext & Neighbours & { row: RuleRow };

export function RuleListRow({ row, slug, programId, actions, above, below }: RuleListRowProps) {
  const href = adminPaths(slug).programRule(programId, row.id);
  const steps = useRuleSteps({
    rule: { id: row.id, label: row.name ?? row.when, off: row.off },
    slug,
    programId,
    actions,
  });
  return (
    <li
      className={cx(
        "relative flex items-start gap-2 border-t border-line py-4 pr-3 pl-5",
        "hover:bg-raised sm:pr-4 sm:pl-6",
      )}
      aria-busy={steps.pending}
    >
      <RuleWords row={row} href={href} />
      <div className="relative z-10">
        <RowMenu row={row} href={href} steps={steps} above={above} below={below} />
      </div>
    </li>
  );
}

function RuleWords({ row, href }: { row: RuleRow; href: string }) {
  return (
    <div className={cx("min-w-0 flex-1", row.off && "opacity-60")}>
      {row.name ? <p className="text-[0.8125rem]/5 text-ink-muted">{row.name}</p> : null}
      <p className="text-[0.9375rem]/6 [overflow-wrap:anywhere]">
        <Link href={href} className="rounded-sm font-medium after:absolute after:inset-0">
          {row.gives}
        </Link>
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
  );
}

type RowMenuProps = Neighbours & { row: RuleRow; href: string; steps: RuleSteps };

function RowMenu({ row, href, steps, above, below }: RowMenuProps) {
  const router = useRouter();
  const label = `More for “${row.name ?? row.when}”`;
  return (
    <Menu
      label={label}
      trigger={
        <IconButton label={label}>
          <Ellipsis aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => router.push(href)}>
        Edit
      </MenuItem>
      <MenuItem icon={<Copy aria-hidden="true" />} onSelect={steps.duplicate}>
        Duplicate
      </MenuItem>
      <MenuItem icon={<Power aria-hidden="true" />} onSelect={steps.turn}>
        {row.off ? "Switch on" : "Switch off"}
      </MenuItem>
      <MenuItem
        icon={<ArrowUp aria-hidden="true" />}
        disabled={above === null}
        onSelect={() => steps.move(above)}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown aria-hidden="true" />}
        disabled={below === undefined}
        onSelect={() => steps.move(below ?? null)}
      >
        Move down
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden="true" />} onSelect={steps.remove}>
        Delete
      </MenuItem>
    </Menu>
  );
}
