import type { ReactNode } from "react";
import { Tabs } from "@/components/ui/page/tabs";
import { requireMember } from "@/lib/auth/member";
import { type AdminPage, adminPaths } from "@/lib/merchants/paths";
import type { MemberPermission } from "@/lib/merchants/rules/roles";
import { scopeAllows } from "@/lib/merchants/scope";

const PARTS: { label: string; page: AdminPage; permission: MemberPermission; shared: boolean }[] = [
  { label: "Shop", page: "settings", permission: "settings.edit", shared: true },
  { label: "Branding", page: "branding", permission: "settings.edit", shared: true },
  { label: "Team", page: "team", permission: "team.read", shared: true },
  { label: "API keys", page: "keys", permission: "keys.manage", shared: false },
  { label: "Audit log", page: "audit", permission: "audit.read", shared: false },
];

type Props = { children: ReactNode; params: Promise<{ merchant: string }> };

/** The settings that this member may open; test mode has only those of its own. */
export default async function SettingsLayout({ children, params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const admin = adminPaths(slug);
  const tabs = PARTS.filter(
    (part) => scopeAllows(scope, part.permission) && !(part.shared && scope.isSandbox),
  ).map(({ label, page }) => ({
    label,
    href: admin[page],
    exact: page === "settings",
  }));
  return (
    <>
      <Tabs label="Settings" tabs={tabs} />
      {children}
    </>
  );
}
