"use client";

import { Plus } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { Button } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import { Dialog } from "@/components/ui/overlays/dialog";
import { adminPaths } from "@/lib/merchants/paths";
import { GROUP_TITLES, RULE_GROUPS } from "@/lib/programs/templates/rule-template";
import { RULE_TEMPLATES } from "@/lib/programs/templates/rule-templates";

/** A choice of rules to start from; each can be changed before it is added. */
export function AddRule({ slug, programId }: { slug: string; programId: string }) {
  const { newProgramRule } = adminPaths(slug);
  return (
    <Dialog
      size="lg"
      title="Add a rule"
      description="Start from one of these. You can change everything before you add it."
      trigger={
        <Button variant="primary" icon={<Plus aria-hidden="true" />}>
          Add rule
        </Button>
      }
    >
      <div className="-mx-1 flex max-h-[60vh] flex-col gap-5 overflow-y-auto px-1 pb-1">
        {RULE_GROUPS.map((group) => (
          <section key={group}>
            <h3 className="mb-2 text-sm font-semibold">{GROUP_TITLES[group]}</h3>
            <ul className="grid gap-2.5 sm:grid-cols-2">
              {RULE_TEMPLATES.filter((template) => template.group === group).map(
                ({ id, title, hint }) => (
                  <li
                    key={id}
                    className={cx(
                      "relative rounded-control border border-line bg-raised p-3.5",
                      "hover:border-line-strong has-focus-visible:border-accent-mark",
                    )}
                  >
                    <Link
                      href={newProgramRule(programId, id)}
                      className="rounded-sm text-sm font-medium after:absolute after:inset-0"
                    >
                      {title}
                    </Link>
                    <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">{hint}</p>
                  </li>
                ),
              )}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
