"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { IconButton } from "@/components/ui/controls/button";
import type { CommandGroup } from "./commands";

/** Fetched with the first press: most pages are left without it. */
const CommandPalette = dynamic(() =>
  import("./command-palette").then((module) => module.CommandPalette),
);

const OpenPalette = createContext<() => void>(() => {});

type PaletteProviderProps = { groups: CommandGroup[]; slug: string; children: ReactNode };

/** The command palette of the dashboard: Ctrl-K or ⌘K opens it anywhere, and again closes it. */
export function PaletteProvider({ groups, slug, children }: PaletteProviderProps) {
  const [open, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const show = (next: boolean) => {
    if (next) setWasOpened(true);
    setOpen(next);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setWasOpened(true);
      setOpen((shown) => !shown);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <OpenPalette value={() => show(true)}>
      {children}
      {wasOpened ? (
        <CommandPalette open={open} onOpenChange={show} groups={groups} slug={slug} />
      ) : null}
    </OpenPalette>
  );
}

/** Opens the palette by a press. */
export function PaletteButton() {
  const open = useContext(OpenPalette);
  return (
    <IconButton label="Search (Ctrl K)" onClick={open}>
      <Search aria-hidden="true" />
    </IconButton>
  );
}
