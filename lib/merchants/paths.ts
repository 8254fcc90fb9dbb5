export type AdminPaths = ReturnType<typeof adminPaths>;

/** The pages without an id in their path. */
export type AdminPage = {
  [Name in keyof AdminPaths]: AdminPaths[Name] extends string ? Name : never;
}[keyof AdminPaths];

/**
 * All paths of a merchant's dashboard; `publicUrl` makes one an absolute URL.
 * @param slug of the merchant or its sandbox
 */
export function adminPaths(slug: string) {
  const root = `/admin/${slug}`;
  return {
    overview: root,
    find: `${root}/find`,
    needsYou: `${root}/needs-you`,
    doubtedKeys: `${root}/needs-you/keys`,
    insights: `${root}/insights`,
    insight: (metric: string) => `${root}/insights/${metric}`,
    customers: `${root}/customers`,
    customersExport: `${root}/customers/export`,
    customer: (id: string) => `${root}/customers/${id}`,
    referrals: `${root}/referrals`,
    referralsExport: `${root}/referrals/export`,
    referral: (id: string) => `${root}/referrals/${id}`,
    events: `${root}/events`,
    eventsExport: `${root}/events/export`,
    eventsSetAside: `${root}/events?view=set-aside`,
    newEvent: `${root}/events/new`,
    event: (id: string) => `${root}/events/${id}`,
    outbox: `${root}/outbox`,
    email: (id: string) => `${root}/outbox/${id}`,
    ...programPaths(root),
    ...rewardPaths(root),
    ...loyaltyPaths(root),
    desk: `${root}/desk`,
    reviews: `${root}/desk/reviews`,
    nominations: `${root}/desk/nominations`,
    ledger: `${root}/ledger`,
    ledgerExport: `${root}/ledger/export`,
    transfers: `${root}/ledger/transfers`,
    settings: `${root}/settings`,
    branding: `${root}/settings/branding`,
    team: `${root}/settings/team`,
    keys: `${root}/settings/keys`,
    audit: `${root}/settings/audit`,
    auditExport: `${root}/settings/audit/export`,
  };
}

function programPaths(root: string) {
  const programs = `${root}/programs`;
  return {
    programs,
    newProgram: `${programs}/new`,
    /** By id; the page finds a program by its slug too. */
    program: (id: string) => `${programs}/${id}`,
    /** What a friend sees behind a link of the program. */
    programFriend: (id: string) => `${programs}/${id}/friend`,
    programDetails: (id: string) => `${programs}/${id}/edit`,
    programRules: (id: string) => `${programs}/${id}/rules`,
    programRule: (id: string, rule: string) => `${programs}/${id}/rules/rule/${rule}`,
    /** @param template of `RULE_TEMPLATES`, which the rule begins with */
    newProgramRule: (id: string, template: string) =>
      `${programs}/${id}/rules/new?${new URLSearchParams({ from: template }).toString()}`,
    programQualification: (id: string) => `${programs}/${id}/rules/qualification`,
    programLimits: (id: string) => `${programs}/${id}/rules/limits`,
    programFraud: (id: string) => `${programs}/${id}/rules/fraud`,
    programArms: (id: string) => `${programs}/${id}/rules/experiment`,
    programReplay: (id: string) => `${programs}/${id}/replay`,
    programReplayExport: (id: string, replay: string) =>
      `${programs}/${id}/replay/people?run=${replay}`,
    programExperiment: (id: string) => `${programs}/${id}/experiment`,
  };
}

function rewardPaths(root: string) {
  const rewards = `${root}/rewards`;
  return {
    rewards,
    rewardsExport: `${rewards}/export`,
    reward: (id: string) => `${rewards}/${id}`,
    rewardTasks: `${rewards}/to-do`,
    payouts: `${rewards}/payouts`,
    newPayout: `${rewards}/payouts/new`,
    payout: (id: string) => `${rewards}/payouts/${id}`,
    payoutExport: (id: string) => `${rewards}/payouts/${id}/export`,
    couponPools: `${rewards}/pools`,
    couponPool: (id: string) => `${rewards}/pools/${id}`,
  };
}

function loyaltyPaths(root: string) {
  const loyalty = `${root}/loyalty`;
  return {
    points: `${loyalty}/points`,
    campaigns: `${loyalty}/points/campaigns`,
    tiers: `${loyalty}/tiers`,
    tier: (id: string) => `${loyalty}/tiers/${id}`,
    badges: `${loyalty}/badges`,
    newBadge: `${loyalty}/badges/new`,
    badge: (id: string) => `${loyalty}/badges/${id}`,
    catalogue: `${loyalty}/catalogue`,
    newCatalogueItem: `${loyalty}/catalogue/new`,
    catalogueItem: (id: string) => `${loyalty}/catalogue/${id}`,
    redemptions: `${loyalty}/catalogue/redemptions`,
    redemptionsExport: `${loyalty}/catalogue/redemptions/export`,
    leaderboards: `${loyalty}/leaderboards`,
    newLeaderboard: `${loyalty}/leaderboards/new`,
    leaderboard: (id: string) => `${loyalty}/leaderboards/${id}`,
  };
}
