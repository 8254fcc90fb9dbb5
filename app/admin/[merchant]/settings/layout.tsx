import type { ReactNode } from "react";
import { Tabs } from "@/components/ui/page/tabs";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import type { MemberPermission } from "@/lib/merchants/roles";
import { scopeAllows } from "@/lib/merchants/scope";

const PARTS: { label: string; path: string; permission: MemberPermission; shared: boolean }[] = [
  { label: "Shop", path: "", permission: "settings.edit", shared: true },
  { label: "Branding", path: "/branding", permission: "settings.edit", shared: true },
  { label: "Team", path: "/team", permission: "team.read", shared: true },
  { label: "API keys", path: "/keys", permission: "keys.manage", shared: false },
  { label: "Audit log", path: "/audit", permission: "audit.read", shared: false },
];

type Props = { children: ReactNode; params: Promise<{ merchant: string }> };

/** The parts of the settings that one may open; test mode has only those that are its own. */
export default async function SettingsLayout({ children, params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const tabs = PARTS.filter(
    (part) => scopeAllows(scope, part.permission) && !(part.shared && scope.isSandbox),
  ).map(({ label, path }) => ({
    label,
    href: `${adminPaths(slug).settings}${path}`,
    exact: path === "",
  }));
  return (
    <>
      <Tabs label="Settings" tabs={tabs} />
      {children}
    </>
  );
}
