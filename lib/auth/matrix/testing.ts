import { prismaFor } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { storeEvent } from "@/lib/events/commands/store-event";
import { createBadge } from "@/lib/loyalty/badges/commands/edit-badges";
import { badgeInputSchema } from "@/lib/loyalty/badges/schema";
import { saveCampaign } from "@/lib/loyalty/campaigns/commands";
import { campaignFormSchema } from "@/lib/loyalty/campaigns/schema";
import { redeemItem, saveItem } from "@/lib/loyalty/catalogue/commands";
import { itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { saveLadder } from "@/lib/loyalty/tiers/commands/save-tiers";
import { ladderSchema } from "@/lib/loyalty/tiers/schema";
import { createApiKey, revokeApiKey } from "@/lib/merchants/commands/keys";
import { inviteMember } from "@/lib/merchants/commands/team";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { systemScope } from "@/lib/merchants/queries/directory";
import { ROLES, type Role } from "@/lib/merchants/rules/roles";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { nominate } from "@/lib/nominations/commands/nominate";
import { startReplay } from "@/lib/pipeline/replay/commands";
import { advocateCredit, storyIn, testTerms } from "@/lib/worker/testing";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { grantOutright } from "@/lib/rewards/commands";
import { addCodes, createPool } from "@/lib/rewards/coupons/commands/manage-pools";
import { createPayout } from "@/lib/rewards/payouts/commands";
import { askQuestion } from "@/lib/desk/commands";

/** For tests only: a shop with one of everything that a request could name. */
export type Shop = {
  scope: Scope;
  sandbox: Scope;
  slug: string;
  sandboxSlug: string;
  /** A member of each role. */
  members: Record<Role, string>;
  keys: { secret: string; publishable: string; revoked: string; test: string };
  keyId: string;
  inviteId: string;
  program: { id: string; slug: string };
  /** Never published, so that test mode has no twin of it. */
  draft: { id: string; slug: string };
  customer: { id: string; externalId: string; code: string };
  friendId: string;
  referralId: string;
  reviewedReferralId: string;
  rewardId: string;
  orderId: string;
  waitingEventId: string;
  /** A question about a reward, and what a buyer said about who told them. */
  questionId: string;
  buyerId: string;
  nominationId: string;
  /** What points buy, and what the customer bought; test mode knows neither. */
  itemId: string;
  redemptionId: string;
  campaignId: string;
  /** A tier and a badge; test mode knows neither, either. */
  tierId: string;
  badgeId: string;
  /** Coupon codes, and cash that is being paid out. */
  poolId: string;
  payoutId: string;
  /** A changed program, waiting to be run over the past. */
  replayId: string;
};

/** @param name a word of its own for each shop: the shop's and everyone's name in it */
export async function openShop(name: string): Promise<Shop> {
  const signedUp = await signUpMerchant({
    email: `owner@${name}.example.com`,
    password: "correct horse battery",
    name: `Owner of ${name}`,
    shopName: name,
    currency: "USD",
    timeZone: "UTC",
  });
  const scope = await systemScope(signedUp.merchantId);
  const sandbox = await systemScope(signedUp.sandboxId);
  const program = await createProgram(scope, {
    name: "Good word",
    terms: testTerms({ rules: [advocateCredit({ holdDays: 14 })], nominations: "merchant" }),
  });
  await publishProgram(scope, program.id);
  const draft = await createProgram(scope, { name: "Draft", terms: testTerms() });
  const story = storyIn(scope, program);

  const ana = await story.advocate(`${name}-ana`);
  await story.claim(`${name}-ben`, ana.code);
  await story.purchase(`${name}-ben`, `${name}-order`, "49.90");
  await story.claim(`${name}-cem`, ana.code);
  const [referral, reviewed] = [
    await story.referralOf(`${name}-ben`),
    await story.referralOf(`${name}-cem`),
  ];
  const [reward] = await story.rewards();
  const friend = await inScope(scope, async (db, { merchantId }) => {
    await db.referral.update({
      where: { merchantId_id: { merchantId, id: reviewed!.id } },
      data: { reviewAt: new Date() },
    });
    return db.customer.findFirstOrThrow({
      where: { email: `${name}-ben@example.com` },
      select: { id: true },
    });
  });

  const { eventId } = await storeEvent(scope, {
    source: "api",
    body: { type: "lead", customer: { email: `${name}-dua@example.com` } },
  });

  const { questionId } = await askQuestion(scope, ana.customerId, {
    rewardId: reward!.id,
    message: `Where is it, ${name}?`,
  });
  await story.purchase(`${name}-eli`, `${name}-second-order`, "20.00");
  const buyer = await inScope(scope, (db) =>
    db.customer.findFirstOrThrow({
      where: { email: `${name}-eli@example.com` },
      select: { id: true },
    }),
  );
  const { nominationId } = await nominate(scope, {
    programId: program.id,
    friendId: buyer.id,
    said: ana.code,
  });

  const { itemId, redemptionId } = await redeemed(scope, program.id, ana.customerId, name);
  await inScope(sandbox, (db) => db.catalogueItem.deleteMany());
  const week = campaignFormSchema("UTC").parse({
    name: `Week of ${name}`,
    multiplier: "2",
    startsOn: "2099-01-01",
    endsOn: "2099-01-07",
  });
  const { campaignId } = await saveCampaign(scope, week);
  await inScope(sandbox, (db) => db.pointsCampaign.deleteMany());

  const { tierId, badgeId } = await giveTierAndBadge(scope);
  await inScope(sandbox, async (db) => {
    await db.tier.deleteMany();
    await db.badge.deleteMany();
  });

  const { poolId, payoutId } = await payingOut(scope, program.id, ana.customerId, name);

  const { replayId } = await startReplay(scope, program.id, {});

  const secret = await createApiKey(scope, { kind: "secret", label: "Backend" });
  const publishable = await createApiKey(scope, { kind: "publishable", label: "Pages" });
  const revoked = await createApiKey(scope, { kind: "secret", label: "Old" });
  await revokeApiKey(scope, { keyId: revoked.id });
  const test = await createApiKey(sandbox, { kind: "secret", label: "Tests" });
  const members = await hire(scope, name, signedUp.userId);
  const owner = {
    ...scope,
    actor: { kind: "member", id: members.owner, label: "Owner", role: "owner" },
  } as Scope;
  const invite = await inviteMember(owner, {
    email: `invited@${name}.example.com`,
    role: "support",
  });
  return {
    scope,
    sandbox,
    slug: signedUp.slug,
    sandboxSlug: signedUp.sandboxSlug,
    members,
    keys: {
      secret: secret.key,
      publishable: publishable.key,
      revoked: revoked.key,
      test: test.key,
    },
    keyId: publishable.id,
    inviteId: invite.id,
    program,
    draft,
    customer: { id: ana.customerId, externalId: `${name}-ana`, code: ana.code },
    friendId: friend.id,
    referralId: referral!.id,
    reviewedReferralId: reviewed!.id,
    rewardId: reward!.id,
    orderId: `${name}-order`,
    waitingEventId: eventId,
    questionId,
    buyerId: buyer.id,
    nominationId,
    itemId,
    redemptionId,
    campaignId,
    tierId,
    badgeId,
    poolId,
    payoutId,
    replayId,
  };
}

async function redeemed(scope: Scope, programId: string, customerId: string, name: string) {
  await grantOutright(scope, {
    programId,
    customerId,
    ruleId: "goodwill",
    causeKey: "matrix",
    eventId: null,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "1000" },
    holdDays: 0,
    at: new Date(),
    facts: {},
  });
  const cup = itemSchema.parse({
    name: { en: `Cup of ${name}` },
    points: 100,
    benefit: { kind: "gift", title: "A cup", unitCost: "0" },
  });
  const { itemId } = await saveItem(scope, cup);
  const { redemptionId } = await redeemItem(scope, {
    itemId,
    customerId,
    programId,
    requestKey: name,
  });
  return { itemId, redemptionId };
}

async function payingOut(scope: Scope, programId: string, customerId: string, name: string) {
  const { id: poolId } = await createPool(scope, { name: `Codes of ${name}`, lowAt: 1 });
  await addCodes(scope, poolId, `${name}-1\n${name}-2`);
  await grantOutright(scope, {
    programId,
    customerId,
    ruleId: "goodwill",
    causeKey: "matrix cash",
    eventId: null,
    benefit: { kind: "cash" },
    calculator: { kind: "fixed", amount: "3" },
    holdDays: 0,
    at: new Date(),
    facts: {},
  });
  const { batchId: payoutId } = await createPayout(scope, {});
  return { poolId, payoutId };
}

async function giveTierAndBadge(scope: Scope) {
  const looks = { icon: "star", color: "#b45309" };
  const tiers = [{ ...looks, name: "Gold", threshold: "3" }];
  const ladder = await saveLadder(
    scope,
    ladderSchema(scope.currency).parse({ metric: "referrals", window: "rolling", tiers }),
  );
  const badge = await createBadge(
    scope,
    badgeInputSchema.parse({
      ...looks,
      name: { en: "First" },
      about: { en: "First" },
      rule: { kind: "friends", count: 2 },
    }),
  );
  return { tierId: ladder.tiers[0]!.id, badgeId: badge.id };
}

async function hire(scope: Scope, name: string, ownerId: string): Promise<Record<Role, string>> {
  const members = { owner: ownerId } as Record<Role, string>;
  const createdAt = new Date();
  for (const role of ROLES.filter((role) => role !== "owner")) {
    const id = newId("usr");
    await prismaFor("goodword_app").user.create({
      data: { id, email: `${role}@${name}.example.com`, name: `${role} of ${name}`, createdAt },
    });
    await inScope(scope, (db) =>
      db.member.create({ data: { merchantId: scope.merchantId, userId: id, role, createdAt } }),
    );
    members[role] = id;
  }
  return members;
}

/** Everything of a shop that a request could change, to be the same before and after an attack. */
export async function contentsOf(shop: Shop): Promise<string> {
  return inScope(shop.scope, async (db) =>
    JSON.stringify(
      {
        merchant: await db.merchant.findMany(),
        members: await db.member.findMany({ orderBy: { userId: "asc" } }),
        invites: await db.memberInvite.findMany({ orderBy: { id: "asc" } }),
        keys: await db.apiKey.findMany({ orderBy: { id: "asc" }, omit: { lastUsedAt: true } }),
        programs: await db.program.findMany({
          orderBy: { id: "asc" },
          include: { versions: true, budget: true },
        }),
        customers: await db.customer.findMany({
          orderBy: { id: "asc" },
          include: { advocates: true, consents: true },
        }),
        referrals: await db.referral.findMany({ orderBy: { id: "asc" }, include: { steps: true } }),
        rewards: await db.reward.findMany({ orderBy: { id: "asc" }, include: { steps: true } }),
        pools: await db.couponPool.findMany({ orderBy: { id: "asc" } }),
        codes: await db.couponPoolCode.findMany({ orderBy: { code: "asc" } }),
        payouts: await db.payoutBatch.findMany({ orderBy: { id: "asc" } }),
        items: await db.catalogueItem.findMany({ orderBy: { id: "asc" } }),
        redemptions: await db.redemption.findMany({ orderBy: { id: "asc" } }),
        tiers: await db.tier.findMany({ orderBy: { id: "asc" } }),
        plan: await db.tierPlan.findMany(),
        badges: await db.badge.findMany({ orderBy: { id: "asc" } }),
        boards: await db.leaderboard.findMany({
          orderBy: { id: "asc" },
          include: { seasons: true },
        }),
        replays: await db.replayRun.findMany({ orderBy: { id: "asc" } }),
        campaigns: await db.pointsCampaign.findMany({ orderBy: { id: "asc" } }),
        accounts: await db.ledgerAccount.findMany({ orderBy: { id: "asc" } }),
        messages: await db.message.count(),
        events: await db.event.count(),
        waiting: await db.eventInbox.findMany(),
        audit: await db.auditEntry.count(),
      },
      (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    ),
  );
}
