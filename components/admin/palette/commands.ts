import { METRIC_GROUPS } from "@/components/insights/metric-groups";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { MemberPermission } from "@/lib/merchants/rules/roles";
import { definitions } from "@/lib/reports";

/** Something that the palette leads to; `words` find it besides its label. */
export type Command = { label: string; href: string; words?: readonly string[] };

export type CommandGroup = { title: string; commands: Command[] };

type Choice = {
  label: string;
  permission: MemberPermission;
  href: (admin: AdminPaths) => string;
  words?: readonly string[];
};

const ACTIONS: readonly Choice[] = [
  { label: "Create program", permission: "program.edit", href: (admin) => admin.newProgram },
  { label: "Create payout", permission: "payout.manage", href: (admin) => admin.newPayout },
  { label: "Create badge", permission: "program.edit", href: (admin) => admin.newBadge },
  {
    label: "Create leaderboard",
    permission: "program.edit",
    href: (admin) => admin.newLeaderboard,
    words: ["contest", "season"],
  },
  {
    label: "Create catalogue item",
    permission: "program.edit",
    href: (admin) => admin.newCatalogueItem,
    words: ["reward shop"],
  },
  { label: "Add event", permission: "event.enter", href: (admin) => admin.newEvent },
  {
    label: "Invite a member",
    permission: "team.manage",
    href: (admin) => admin.team,
    words: ["team", "user", "colleague"],
  },
  {
    label: "Create API key",
    permission: "keys.manage",
    href: (admin) => admin.keys,
    words: ["developer", "token"],
  },
  {
    label: "Change branding",
    permission: "settings.edit",
    href: (admin) => admin.branding,
    words: ["logo", "color", "colour"],
  },
];

const PAGES: readonly Choice[] = [
  { label: "Rewards to deliver", permission: "referral.read", href: (admin) => admin.rewardTasks },
  { label: "Payouts", permission: "referral.read", href: (admin) => admin.payouts },
  { label: "Coupon pools", permission: "program.read", href: (admin) => admin.couponPools },
  { label: "Questions", permission: "customer.read", href: (admin) => admin.reviews },
  { label: "Who told you", permission: "customer.read", href: (admin) => admin.nominations },
  { label: "Ledger transfers", permission: "ledger.read", href: (admin) => admin.transfers },
  { label: "Redemptions", permission: "program.read", href: (admin) => admin.redemptions },
  { label: "Point campaigns", permission: "program.read", href: (admin) => admin.campaigns },
  { label: "Team", permission: "team.read", href: (admin) => admin.team },
  { label: "API keys", permission: "keys.manage", href: (admin) => admin.keys },
  { label: "Audit log", permission: "audit.read", href: (admin) => admin.audit },
];

/**
 * What the palette offers before anything is looked up: pages, actions and metrics.
 * @param destinations what the navigation shows this member
 */
export function commandGroups(
  admin: AdminPaths,
  allows: (permission: MemberPermission) => boolean,
  destinations: readonly Command[],
): CommandGroup[] {
  const chosen = (choices: readonly Choice[]): Command[] =>
    choices
      .filter(({ permission }) => allows(permission))
      .map(({ label, href, words }) => ({ label, href: href(admin), ...(words && { words }) }));
  const groups = [
    { title: "Go to", commands: [...destinations, ...chosen(PAGES)] },
    { title: "Do", commands: chosen(ACTIONS) },
    { title: "Metrics", commands: allows("insights.read") ? metrics(admin) : [] },
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

function metrics(admin: AdminPaths): Command[] {
  const titles = new Map(definitions().map(({ name, title }) => [name, title]));
  return METRIC_GROUPS.flatMap((group) => group.metrics).map(({ name, alsoCalled }) => ({
    label: titles.get(name) ?? name,
    href: admin.insight(name),
    words: alsoCalled,
  }));
}
