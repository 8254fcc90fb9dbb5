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
import { merchantsOfUser } from "@/lib/merchants/directory";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries";
import { type MemberPermission, ROLE_SUMMARY } from "@/lib/merchants/roles";
import { scopeAllows } from "@/lib/merchants/scope";
import { signOut } from "./actions";

type Destination = {
  label: string;
  path: string;
  permission: MemberPermission;
  icon: ReactNode;
  exact?: boolean;
};

const DESTINATIONS: Destination[] = [
  {
    label: "Overview",
    path: "",
    permission: "insights.read",
    icon: <ChartNoAxesCombined aria-hidden="true" />,
    exact: true,
  },
  {
    label: "Programs",
    path: "/programs",
    permission: "program.read",
    icon: <Megaphone aria-hidden="true" />,
  },
  {
    label: "Referrals",
    path: "/referrals",
    permission: "referral.read",
    icon: <UserRoundPlus aria-hidden="true" />,
  },
  {
    label: "Rewards",
    path: "/rewards",
    permission: "referral.read",
    icon: <Gift aria-hidden="true" />,
  },
  {
    label: "Customers",
    path: "/customers",
    permission: "customer.read",
    icon: <UsersRound aria-hidden="true" />,
  },
  {
    label: "Service desk",
    path: "/desk",
    permission: "customer.read",
    icon: <Headset aria-hidden="true" />,
  },
  {
    label: "Ledger",
    path: "/ledger",
    permission: "ledger.read",
    icon: <BookOpen aria-hidden="true" />,
  },
  {
    label: "Events",
    path: "/events",
    permission: "event.read",
    icon: <CalendarClock aria-hidden="true" />,
  },
  {
    label: "Outbox",
    path: "/outbox",
    permission: "outbox.read",
    icon: <Inbox aria-hidden="true" />,
  },
];

const LOYALTY: Destination[] = [
  {
    label: "Points",
    path: "/loyalty/points",
    permission: "program.read",
    icon: <Coins aria-hidden="true" />,
  },
  {
    label: "Tiers",
    path: "/loyalty/tiers",
    permission: "program.read",
    icon: <Layers aria-hidden="true" />,
  },
  {
    label: "Badges",
    path: "/loyalty/badges",
    permission: "program.read",
    icon: <Medal aria-hidden="true" />,
  },
  {
    label: "Catalogue",
    path: "/loyalty/catalogue",
    permission: "program.read",
    icon: <ShoppingBag aria-hidden="true" />,
  },
  {
    label: "Leaderboards",
    path: "/loyalty/leaderboards",
    permission: "program.read",
    icon: <Trophy aria-hidden="true" />,
  },
];

/** A sandbox has only keys and a log of its own; the rest of its settings are the shop's. */
const settingsOf = (isSandbox: boolean): Destination => ({
  label: "Settings",
  path: "/settings",
  permission: isSandbox ? "keys.manage" : "team.read",
  icon: <Settings2 aria-hidden="true" />,
});

type Props = { children: ReactNode; params: Promise<{ merchant: string }> };

/**
 * The dashboard's frame. Each page asks for its own permission; here only what someone may open is
 * offered.
 */
export default async function DashboardLayout({ children, params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const [user, profile] = await Promise.all([requireUser(), merchantProfile(scope)]);
  const shops = await merchantsOfUser(user.id);
  const shopSlug = profile.isSandbox ? (profile.twinSlug ?? slug) : slug;
  const role = scope.actor.kind === "member" ? scope.actor.role : "support";
  const offered = (destinations: Destination[]) =>
    destinations
      .filter(({ permission }) => scopeAllows(scope, permission))
      .map(({ label, path, icon, exact }) => ({
        label,
        icon,
        exact: exact === true,
        href: `${adminPaths(slug).overview}${path}`,
      }));
  return (
    <ToastProvider>
      <AdminShell
        brand={
          <Link href={adminPaths(slug).overview} className="rounded-control">
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
