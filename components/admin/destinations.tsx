import {
  BookOpen,
  CalendarClock,
  ChartNoAxesCombined,
  ChartSpline,
  CircleAlert,
  Coins,
  Database,
  Gift,
  Headset,
  Inbox,
  Layers,
  Medal,
  Megaphone,
  Settings2,
  ShoppingBag,
  Sparkles,
  Trophy,
  UserRoundPlus,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import type { NavEntry, NavItem } from "@/components/ui/shell/nav-list";
import { type AdminPage, adminPaths } from "@/lib/merchants/paths";
import type { MemberPermission } from "@/lib/merchants/rules/roles";

type Destination = {
  label: string;
  page: AdminPage;
  /** Null where every member may go. */
  permission: MemberPermission | null;
  icon: ReactNode;
  exact?: boolean;
};

/** Destinations that share one entry, which opens to show them. */
type Folder = { label: string; icon: ReactNode; inside: readonly Destination[] };

const LOYALTY: Folder = {
  label: "Loyalty",
  icon: <Sparkles aria-hidden="true" />,
  inside: [
    { label: "Points", page: "points", permission: "program.read", icon: <Coins /> },
    { label: "Tiers", page: "tiers", permission: "program.read", icon: <Layers /> },
    { label: "Badges", page: "badges", permission: "program.read", icon: <Medal /> },
    { label: "Catalogue", page: "catalogue", permission: "program.read", icon: <ShoppingBag /> },
    { label: "Leaderboards", page: "leaderboards", permission: "program.read", icon: <Trophy /> },
  ],
};

const RECORDS: Folder = {
  label: "Records",
  icon: <Database aria-hidden="true" />,
  inside: [
    { label: "Ledger", page: "ledger", permission: "ledger.read", icon: <BookOpen /> },
    { label: "Events", page: "events", permission: "event.read", icon: <CalendarClock /> },
    { label: "Outbox", page: "outbox", permission: "outbox.read", icon: <Inbox /> },
  ],
};

const FIRST: readonly Destination[] = [
  {
    label: "Overview",
    page: "overview",
    permission: "insights.read",
    icon: <ChartNoAxesCombined />,
    exact: true,
  },
  { label: "Needs you", page: "needsYou", permission: null, icon: <CircleAlert /> },
  { label: "Insights", page: "insights", permission: "insights.read", icon: <ChartSpline /> },
];

const DAILY: readonly Destination[] = [
  { label: "Programs", page: "programs", permission: "program.read", icon: <Megaphone /> },
  { label: "Referrals", page: "referrals", permission: "referral.read", icon: <UserRoundPlus /> },
  { label: "Rewards", page: "rewards", permission: "referral.read", icon: <Gift /> },
  { label: "Customers", page: "customers", permission: "customer.read", icon: <UsersRound /> },
  { label: "Service desk", page: "desk", permission: "customer.read", icon: <Headset /> },
];

/** A sandbox has only its own keys and audit log; its other settings are the shop's. */
const settingsOf = (isSandbox: boolean): Destination => ({
  label: "Settings",
  page: "settings",
  permission: isSandbox ? "keys.manage" : "team.read",
  icon: <Settings2 />,
});

type Offer = {
  slug: string;
  isSandbox: boolean;
  allows: (permission: MemberPermission) => boolean;
  /** How much waits for this member, as text; null for nothing. */
  waiting: string | null;
};

/** The dashboard's navigation: only what this member may open. */
export function destinationsFor({ slug, isSandbox, allows, waiting }: Offer): NavEntry[][] {
  const admin = adminPaths(slug);
  const offered = (destinations: readonly Destination[]): NavItem[] =>
    destinations
      .filter(({ permission }) => permission === null || allows(permission))
      .map(({ label, page, icon, exact }) => ({
        label,
        icon,
        exact: exact === true,
        href: admin[page],
        count: page === "needsYou" ? waiting : null,
      }));
  const folders = [LOYALTY, RECORDS]
    .map(({ inside, ...folder }) => ({ ...folder, inside: offered(inside) }))
    .filter(({ inside }) => inside.length > 0);
  return [offered(FIRST), [...offered(DAILY), ...folders], offered([settingsOf(isSandbox)])];
}

/** All places of the navigation, without its groups and folders. */
export function flatDestinations(groups: NavEntry[][]): { label: string; href: string }[] {
  return groups
    .flat()
    .flatMap((entry) => ("inside" in entry ? entry.inside : [entry]))
    .map(({ label, href }) => ({ label, href }));
}
