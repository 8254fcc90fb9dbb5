"use client";

import { Command as Cmdk } from "cmdk";
import { useRouter } from "next/navigation";
import { useContext, useEffect, useEffectEvent, useState } from "react";
import { Dialog } from "@/components/ui/overlays/dialog";
import { UnsavedContext } from "@/components/ui/unsaved/unsaved-context";
import type { Found } from "@/lib/desk/queries/find";
import { adminPaths } from "@/lib/merchants/paths";
import type { CommandGroup } from "./commands";

/** How long typing has to pause before the shop is searched. */
const PAUSE_MS = 200;

const KIND_LABELS: Record<Found["kind"], string> = {
  customer: "Customer",
  reward: "Reward",
  referral: "Referral",
  program: "Program",
};

const ITEM =
  "flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 text-sm " +
  "data-[selected=true]:bg-sunken";

const GROUP =
  "py-1 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 " +
  "[&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium " +
  "[&_[cmdk-group-heading]]:text-ink-muted";

type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: CommandGroup[];
  slug: string;
};

/** Everything by its name: pages, actions, metrics; customers, orders, codes and programs. */
export function CommandPalette({ open, onOpenChange, groups, slug }: CommandPaletteProps) {
  const router = useRouter();
  const { leave } = useContext(UnsavedContext);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  // What was found stands first, so it is chosen first.
  const { found, searching, failed } = useFound(slug, text, ([first]) => {
    if (first) setChosen(valueOf(first));
  });
  const go = (href: string) => {
    onOpenChange(false);
    setText("");
    leave(() => router.push(href));
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Search" size="md">
      <Cmdk
        label="Search"
        loop
        filter={matches}
        value={chosen}
        onValueChange={setChosen}
        className="-mx-2 -mb-2 flex min-h-0 min-w-0 flex-col gap-2"
      >
        <Cmdk.Input
          value={text}
          onValueChange={setText}
          placeholder="Customer, order, code, page or action"
          className="control mx-2 w-auto! px-3 text-base sm:text-sm"
        />
        <Cmdk.List className="max-h-[min(24rem,60dvh)] overflow-y-auto" label="Results">
          {found.length > 0 ? (
            <Cmdk.Group heading="In this shop" forceMount className={GROUP}>
              {found.map((one) => (
                <Cmdk.Item
                  key={valueOf(one)}
                  value={valueOf(one)}
                  forceMount
                  onSelect={() => go(placeOf(slug, one))}
                  className={ITEM}
                >
                  <FoundItem one={one} />
                </Cmdk.Item>
              ))}
            </Cmdk.Group>
          ) : null}
          {groups.map((group) => (
            <CommandsOf key={group.title} group={group} go={go} />
          ))}
          {found.length === 0 ? <NothingYet text={text} {...{ searching, failed }} /> : null}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}

type NothingProps = { text: string; searching: boolean; failed: boolean };

function NothingYet({ text, searching, failed }: NothingProps) {
  return (
    <Cmdk.Empty className="px-3 py-6 text-center text-sm text-ink-muted">
      {searching
        ? "Searching…"
        : failed
          ? "The search didn’t get through. Try again."
          : `Nothing found for “${text}”.`}
    </Cmdk.Empty>
  );
}

type CommandsProps = { group: CommandGroup; go: (href: string) => void };

function CommandsOf({ group: { title, commands }, go }: CommandsProps) {
  return (
    <Cmdk.Group heading={title} className={GROUP}>
      {commands.map(({ label, href, words }) => (
        <Cmdk.Item
          key={`${title} ${label}`}
          value={`${title} ${label}`}
          keywords={[label, ...(words ?? [])]}
          onSelect={() => go(href)}
          className={ITEM}
        >
          {label}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  );
}

function FoundItem({ one: { kind, title, detail } }: { one: Found }) {
  return (
    <>
      <span className="min-w-0 flex-1 truncate">
        <span className="font-medium">{title}</span>
        {detail ? <span className="text-ink-muted"> {detail}</span> : null}
      </span>
      <span className="shrink-0 text-xs text-ink-muted">{KIND_LABELS[kind]}</span>
    </>
  );
}

/** Whether a text stands in a label or in another name of it; its beginnings come first. */
function matches(_value: string, text: string, names: string[] = []): number {
  const wanted = text.trim().toLowerCase();
  const small = names.map((name) => name.toLowerCase());
  if (small.some((name) => name.startsWith(wanted))) return 1;
  return small.some((name) => name.includes(wanted)) ? 0.5 : 0;
}

const valueOf = ({ kind, id }: Found) => `${kind} ${id}`;

function placeOf(slug: string, { kind, id }: Found): string {
  const admin = adminPaths(slug);
  return admin[kind](id);
}

type Answer = { text: string; found: Found[]; failed: boolean };

/** What the shop has for a text, once typing pauses; the answer to an earlier text is dropped. */
function useFound(slug: string, text: string, onFound: (found: Found[]) => void) {
  const [answer, setAnswer] = useState<Answer>({ text: "", found: [], failed: false });
  const wanted = text.trim();
  const tellFound = useEffectEvent(onFound);
  useEffect(() => {
    if (wanted.length < 2) return;
    const asked = new AbortController();
    const timer = setTimeout(() => {
      search(slug, wanted, asked.signal).then(
        (found) => {
          setAnswer({ text: wanted, found, failed: false });
          tellFound(found);
        },
        () => asked.signal.aborted || setAnswer({ text: wanted, found: [], failed: true }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [slug, wanted]);
  const isCurrent = answer.text === wanted && wanted.length >= 2;
  return {
    found: isCurrent ? answer.found : [],
    failed: isCurrent && answer.failed,
    searching: wanted.length >= 2 && !isCurrent,
  };
}

async function search(slug: string, text: string, signal: AbortSignal): Promise<Found[]> {
  const response = await fetch(`${adminPaths(slug).find}?${new URLSearchParams({ q: text })}`, {
    signal,
  });
  if (!response.ok) throw new Error(`The search answered ${response.status}.`);
  return response.json() as Promise<Found[]>;
}
