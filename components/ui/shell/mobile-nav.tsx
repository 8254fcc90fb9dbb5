"use client";

import { Menu } from "lucide-react";
import { useState, type ReactNode } from "react";
import { IconButton } from "@/components/ui/controls/button";
import { Sheet } from "@/components/ui/overlays/sheet";
import { NavList, type NavEntry } from "./nav-list";

/**
 * The sidebar of a small screen: the same destinations, in a sheet that closes once one is chosen.
 */
export function MobileNav({
  groups,
  top,
  bottom,
}: {
  groups: NavEntry[][];
  top?: ReactNode;
  bottom?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      title="Menu"
      trigger={
        <IconButton label="Open menu">
          <Menu aria-hidden="true" className="size-5!" />
        </IconButton>
      }
    >
      <div className="flex min-h-full flex-col gap-5">
        {top}
        <nav aria-label="Main" className="flex-1">
          <NavList groups={groups} onNavigate={() => setOpen(false)} />
        </nav>
        {bottom}
      </div>
    </Sheet>
  );
}
