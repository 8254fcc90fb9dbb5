"use client";

import {
  BookText,
  ChevronsUpDown,
  LogOut,
  Monitor,
  Moon,
  Store,
  Sun,
  UserRound,
} from "lucide-react";
import { startTransition, useContext } from "react";
import { Avatar } from "@/components/ui/content/display";
import {
  Menu,
  MenuChoices,
  MenuItem,
  MenuLabel,
  MenuLink,
  MenuSeparator,
} from "@/components/ui/overlays/menu";
import { UnsavedContext } from "@/components/ui/unsaved/unsaved-context";
import { useTheme } from "@/components/ui/theme/use-theme";

const THEMES = [
  { value: "system", label: "Like the system", icon: <Monitor /> },
  { value: "light", label: "Light", icon: <Sun /> },
  { value: "dark", label: "Dark", icon: <Moon /> },
];

type UserMenuProps = {
  name: string;
  email: string;
  role: string;
  roleSummary: string;
  signOut: () => Promise<void>;
};

/** Who is signed in, with which role; the look of the dashboard, and the way out. */
export function UserMenu({ name, email, role, roleSummary, signOut }: UserMenuProps) {
  const [theme, chooseTheme] = useTheme();
  const { leave } = useContext(UnsavedContext);
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
            <span className="block font-medium [overflow-wrap:anywhere]">{name}</span>
            <span className="block text-xs text-ink-muted [overflow-wrap:anywhere]">{email}</span>
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
      <MenuLink href="/account/new-shop" icon={<Store aria-hidden="true" />}>
        Open another shop
      </MenuLink>
      <MenuLink href="/docs" icon={<BookText aria-hidden="true" />}>
        Documentation
      </MenuLink>
      <MenuSeparator />
      <MenuChoices label="Appearance" choices={THEMES} value={theme} onChoose={chooseTheme} />
      <MenuSeparator />
      <MenuItem
        icon={<LogOut aria-hidden="true" />}
        onSelect={() => leave(() => startTransition(signOut))}
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}
