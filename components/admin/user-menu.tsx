"use client";

import { ChevronsUpDown, LogOut, UserRound } from "lucide-react";
import { startTransition } from "react";
import { Avatar } from "@/components/ui/content/display";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "@/components/ui/overlays/menu";

type UserMenuProps = {
  name: string;
  email: string;
  role: string;
  roleSummary: string;
  signOut: () => Promise<void>;
};

/** Who is signed in, with which role, and the sign-out. */
export function UserMenu({ name, email, role, roleSummary, signOut }: UserMenuProps) {
  return (
    <Menu
      align="start"
      side="top"
      label="Account"
      trigger={
        <button
          type="button"
          className={
            "flex min-h-11 w-full items-center gap-2.5 rounded-control px-2 text-left text-sm " +
            "hover:bg-sunken"
          }
        >
          <Avatar name={name} size="sm" />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{name}</span>
            <span className="block truncate text-xs text-ink-muted">{email}</span>
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
        </button>
      }
    >
      <MenuLabel>Your role: {role}</MenuLabel>
      <p className="max-w-60 px-2.5 pb-2 text-[0.8125rem]/5 text-ink-muted">{roleSummary}</p>
      <MenuSeparator />
      <MenuLink href="/account" icon={<UserRound aria-hidden="true" />}>
        Your account
      </MenuLink>
      <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => startTransition(signOut)}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
