import {
  BookOpen,
  CalendarClock,
  ChartNoAxesCombined,
  Coins,
  Gift,
  Headset,
  Inbox,
  Layers,
  Medal,
  Megaphone,
  Settings2,
  ShoppingBag,
  Trophy,
  UserRoundPlus,
  UsersRound,
} from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { TestModeBanner } from "@/components/admin/test-mode-banner";
import { ShopSwitcher } from "@/components/admin/shop-switcher";
import { UserMenu } from "@/components/admin/user-menu";
import { Wordmark } from "@/components/brand/wordmark";
import { AdminShell } from "@/components/ui/shell/admin-shell";
import { ThemeToggle } from "@/components/ui/theme/theme-toggle";
import { ToastProvider } from "@/components/ui/overlays/toast";
import { requireMember, requireUser } from "@/lib/auth/member";
import { merchantsOfUser } from "@/lib/merchants/queries/directory";
import { type AdminPage, adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { type MemberPermission, ROLE_SUMMARY } from "@/lib/merchants/rules/roles";
import { scopeAllows } from "@/lib/merchants/scope";
import { signOut } from "./actions";

type Destination = {
  label: string;
  page: AdminPage;
  permission: MemberPermission;
  icon: ReactNode;
  exact?: boolean;
};

const DESTINATIONS: Destination[] = [
  {
    label: "Overview",
    page: "overview",
    permission: "insights.read",
    icon: <ChartNoAxesCombined aria-hidden="true" />,
    exact: true,
  },
  {
    label: "Programs",
    page: "programs",
    permission: "program.read",
    icon: <Megaphone aria-hidden="true" />,
  },
  {
    label: "Referrals",
    page: "referrals",
    permission: "referral.read",
    icon: <UserRoundPlus aria-hidden="true" />,
  },
  {
    label: "Rewards",
    page: "rewards",
    permission: "referral.read",
    icon: <Gift aria-hidden="true" />,
  },
  {
    label: "Customers",
    page: "customers",
    permission: "customer.read",
    icon: <UsersRound aria-hidden="true" />,
  },
  {
    label: "Service desk",
    page: "desk",
    permission: "customer.read",
    icon: <Headset aria-hidden="true" />,
  },
  {
    label: "Ledger",
    page: "ledger",
    permission: "ledger.read",
    icon: <BookOpen aria-hidden="true" />,
  },
  {
    label: "Events",
    page: "events",
    permission: "event.read",
    icon: <CalendarClock aria-hidden="true" />,
  },
  {
    label: "Outbox",
    page: "outbox",
    permission: "outbox.read",
    icon: <Inbox aria-hidden="true" />,
  },
];

const LOYALTY: Destination[] = [
  {
    label: "Points",
    page: "points",
    permission: "program.read",
    icon: <Coins aria-hidden="true" />,
  },
  {
    label: "Tiers",
    page: "tiers",
    permission: "program.read",
    icon: <Layers aria-hidden="true" />,
  },
  {
    label: "Badges",
    page: "badges",
    permission: "program.read",
    icon: <Medal aria-hidden="true" />,
  },
  {
    label: "Catalogue",
    page: "catalogue",
    permission: "program.read",
    icon: <ShoppingBag aria-hidden="true" />,
  },
  {
    label: "Leaderboards",
    page: "leaderboards",
    permission: "program.read",
    icon: <Trophy aria-hidden="true" />,
  },
];

/** A sandbox has only its own keys and audit log; its other settings are the shop's. */
const settingsOf = (isSandbox: boolean): Destination => ({
  label: "Settings",
  page: "settings",
  permission: isSandbox ? "keys.manage" : "team.read",
  icon: <Settings2 aria-hidden="true" />,
});

type Props = { children: ReactNode; params: Promise<{ merchant: string }> };

/**
 * The dashboard's frame. Each page checks its own permission; the navigation only offers what this
 * member may open.
 */
export default async function DashboardLayout({ children, params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const [user, profile] = await Promise.all([requireUser(), merchantProfile(scope)]);
  const shops = await merchantsOfUser(user.id);
  const shopSlug = profile.isSandbox ? (profile.twinSlug ?? slug) : slug;
  const role = scope.actor.kind === "member" ? scope.actor.role : "support";
  const admin = adminPaths(slug);
  const offered = (destinations: Destination[]) =>
    destinations
      .filter(({ permission }) => scopeAllows(scope, permission))
      .map(({ label, page, icon, exact }) => ({
        label,
        icon,
        exact: exact === true,
        href: admin[page],
      }));
  return (
    <ToastProvider>
      <AdminShell
        brand={
          <Link href={admin.overview} className="rounded-control">
            <Wordmark />
          </Link>
        }
        switcher={
          <ShopSwitcher
            shops={shops.map((shop) => ({
              name: shop.name,
              slug: shop.slug,
              current: shop.slug === shopSlug,
            }))}
            shopName={profile.name}
            testMode={profile.isSandbox}
            twinHref={profile.twinSlug ? adminPaths(profile.twinSlug).overview : null}
          />
        }
        sections={[
          { items: offered(DESTINATIONS) },
          { heading: "Loyalty", items: offered(LOYALTY) },
          { items: offered([settingsOf(profile.isSandbox)]) },
        ]}
        userMenu={
          <div className="flex flex-col gap-3">
            <div className="px-2">
              <ThemeToggle />
            </div>
            <UserMenu
              name={user.name}
              email={user.email}
              role={role}
              roleSummary={ROLE_SUMMARY[role]}
              signOut={signOut}
            />
          </div>
        }
        banner={
          profile.isSandbox ? (
            <TestModeBanner shopHref={adminPaths(shopSlug).overview} />
          ) : undefined
        }
      >
        {children}
      </AdminShell>
    </ToastProvider>
  );
}
