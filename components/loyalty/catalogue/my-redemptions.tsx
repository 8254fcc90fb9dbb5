"use client";

import { Link } from "@/components/ui/controls/link";
import { cx } from "@/components/ui/cx";
import { Disclosure } from "@/components/ui/content/disclosure";
import { Button } from "@/components/ui/controls/button";
import { type Tone, StatusPill } from "@/components/ui/content/badge";
import { ConfirmDialog } from "@/components/ui/overlays/dialog";
import { CatalogueIcon } from "./item-icon";
import type { FormAction } from "@/lib/core/action-result";

/** Something bought, in the reader's words. */
export type MineItem = {
  id: string;
  icon: string;
  color: string;
  name: string;
  line: string;
  code: string | null;
  state: string;
  tone: Tone;
  href: string;
  /** What is asked before it is given back; null when it no longer can be. */
  giveBack: { title: string; body: string } | null;
};

type CatalogueMineProps = {
  items: readonly MineItem[];
  /** How many stand open; what opens the rest. */
  open: number;
  moreLabel: string;
  action: FormAction<null>;
  words: { giveBack: string; keep: string; receipt: string };
};

/** What someone bought with their points; each leads to its receipt. */
export function CatalogueMine({ items, open, moreLabel, ...rest }: CatalogueMineProps) {
  const older = items.slice(open);
  return (
    <>
      <Items items={items.slice(0, open)} {...rest} />
      {older.length > 0 ? (
        <Disclosure summary={moreLabel} flush className="mt-4">
          <Items items={older} {...rest} />
        </Disclosure>
      ) : null}
    </>
  );
}

function Items({ items, action, words }: Omit<CatalogueMineProps, "open" | "moreLabel">) {
  const run = async (redemptionId: string) => {
    const form = new FormData();
    form.set("redemptionId", redemptionId);
    const result = await action(null, form);
    return result.ok ? null : result.message;
  };
  return (
    <ul className="divide-y divide-line">
      {items.map(({ id, icon, color, name, line, code, state, tone, href, giveBack }) => (
        <li key={id} className="flex gap-3 py-4 first:pt-0 last:pb-0">
          <CatalogueIcon
            icon={icon}
            color={color}
            size="sm"
            muted={giveBack === null && code === null}
          />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <p
                className={cx(
                  "min-w-0 text-[0.9375rem]/6 font-semibold tracking-tight",
                  "[overflow-wrap:anywhere]",
                )}
              >
                <Link href={href} className="rounded-sm hover:underline">
                  {name}
                  <span className="sr-only">, {words.receipt}</span>
                </Link>
              </p>
              <StatusPill tone={tone}>{state}</StatusPill>
            </div>
            <div className="mt-0.5 flex flex-wrap items-end justify-between gap-x-3 gap-y-1">
              <div className="text-[0.8125rem]/5 text-ink-muted">
                <p className="figure">{line}</p>
                {code ? <p className="mt-1 font-mono text-sm text-ink">{code}</p> : null}
              </div>
              {giveBack ? (
                <ConfirmDialog
                  title={giveBack.title}
                  description={giveBack.body}
                  confirmLabel={words.giveBack}
                  cancelLabel={words.keep}
                  danger
                  onConfirm={() => run(id)}
                  trigger={
                    <Button
                      size="sm"
                      variant="quiet"
                      className="-ml-3"
                      aria-label={`${words.giveBack}: ${name}`}
                    >
                      {words.giveBack}
                    </Button>
                  }
                />
              ) : null}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
