"use client";

import { ChevronDown } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cx } from "../cx";

export type NavItem = {
  label: string;
  href: string;
  icon?: ReactNode;
  /** How much waits there: "3", "100+". */
  count?: string | null;
  /** Lit only on the very page, not on those below it. */
  exact?: boolean;
};

/** Destinations behind one entry: open where one of them is the current page, or by a press. */
type NavFolder = { label: string; icon?: ReactNode; inside: NavItem[] };

export type NavEntry = NavItem | NavFolder;

const ENTRY =
  "flex h-8 w-full items-center gap-2.5 rounded-control px-2.5 text-left text-sm " +
  "transition-colors max-lg:h-10 [&_svg]:size-4 [&_svg]:shrink-0";

const OTHER = "text-ink-muted hover:bg-sunken hover:text-ink";

/** Whether an item is where we are, or above it. */
function isCurrent(pathname: string, { href, exact }: NavItem): boolean {
  const path = href.split("?")[0] ?? href;
  return pathname === path || (!exact && pathname.startsWith(`${path}/`));
}

type NavListProps = {
  /** Groups of entries, set apart from each other. */
  groups: NavEntry[][];
  onNavigate?: () => void;
};

/**
 * The navigation of a dashboard, with the current page marked for screen readers too, and always
 * in sight.
 */
export function NavList({ groups, onNavigate }: NavListProps) {
  const pathname = usePathname();
  const list = useRef<HTMLDivElement>(null);
  // One folder at a time, so that all entries fit a small screen.
  const [opened, setOpened] = useState<{ label: string | null; at: string } | null>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" });
  }, [pathname, opened]);
  const isOpen = ({ label, inside }: NavFolder) =>
    opened?.at === pathname
      ? opened.label === label
      : inside.some((item) => isCurrent(pathname, item));
  return (
    <div ref={list} className="flex flex-col gap-2">
      {groups.map((entries, index) => (
        <ul key={index} className="flex flex-col">
          {entries.map((entry) =>
            "inside" in entry ? (
              <Folder
                key={entry.label}
                folder={entry}
                pathname={pathname}
                open={isOpen(entry)}
                onToggle={() =>
                  setOpened({ label: isOpen(entry) ? null : entry.label, at: pathname })
                }
                onNavigate={onNavigate}
              />
            ) : (
              <Item key={entry.href} item={entry} pathname={pathname} onNavigate={onNavigate} />
            ),
          )}
        </ul>
      ))}
    </div>
  );
}

type ItemProps = {
  item: NavItem;
  pathname: string;
  /** Inside a folder, below its label. */
  inset?: boolean;
  onNavigate?: () => void;
};

function Item({ item, pathname, inset = false, onNavigate }: ItemProps) {
  const current = isCurrent(pathname, item);
  return (
    <li>
      <Link
        href={item.href}
        onClick={onNavigate}
        aria-current={current ? "page" : undefined}
        className={cx(
          ENTRY,
          inset && "pl-9",
          current ? "bg-accent-soft font-medium text-accent-text" : OTHER,
        )}
      >
        {inset ? null : item.icon}
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        {item.count ? (
          <span
            className={
              "figure rounded-full bg-accent-soft px-2 text-xs/5 font-medium text-accent-text"
            }
          >
            {item.count}
          </span>
        ) : null}
      </Link>
    </li>
  );
}

type FolderProps = {
  folder: NavFolder;
  pathname: string;
  open: boolean;
  onToggle: () => void;
  onNavigate?: () => void;
};

function Folder({ folder, pathname, open, onToggle, onNavigate }: FolderProps) {
  const id = useId();
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
        className={cx(ENTRY, OTHER)}
      >
        {folder.icon}
        <span className="min-w-0 flex-1 truncate">{folder.label}</span>
        <ChevronDown
          aria-hidden="true"
          className={cx("transition-transform", open && "rotate-180")}
        />
      </button>
      <ul id={id} hidden={!open}>
        {folder.inside.map((item) => (
          <Item key={item.href} item={item} pathname={pathname} inset onNavigate={onNavigate} />
        ))}
      </ul>
    </li>
  );
}
