import { askQuestion } from "@/lib/desk/commands";
import { allowEvent } from "@/lib/events/commands/allow-event";
import { storeEvent } from "@/lib/events/commands/store-event";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { nominate } from "@/lib/nominations/commands/nominate";
import { startReplay } from "@/lib/pipeline/replay/commands";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { grantOutright } from "@/lib/rewards/commands";
import { addCodes, createPool } from "@/lib/rewards/coupons/commands/manage-pools";
import { giveTestDetails } from "@/lib/rewards/destinations/testing";
import { createPayout } from "@/lib/rewards/payouts/commands";
import { advocateCredit, storyIn, testTerms } from "@/lib/worker/testing";
import { fillLoyalty } from "./fill-loyalty";
import { hireTeam, makeKeys } from "./hire-team";
import type { Shop } from "./shop";

/**
 * For tests only: opens a shop with one of everything that a request could name.
 * @param name a word of its own for each shop: the shop's and everyone's name in it
 */
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
  const allowedType = `${name}_goal`;
  await allowEvent(scope, { type: allowedType, perDay: 5 });
  const friends = await referFriends(scope, program, name);
  const asked = await askAndNominate(scope, program, name, friends);
  const ids = { programId: program.id, customerId: friends.customer.id, name };
  const loyalty = await fillLoyalty(scope, sandbox, ids);
  const { poolId, payoutId } = await payingOut(scope, program.id, friends.customer.id, name);
  const { replayId } = await startReplay(scope, program.id, {});
  return {
    scope,
    sandbox,
    slug: signedUp.slug,
    sandboxSlug: signedUp.sandboxSlug,
    program,
    draft,
    allowedType,
    claimedKey: await doubtKey(scope, friends.friendId),
    ...friends,
    ...asked,
    ...loyalty,
    poolId,
    payoutId,
    replayId,
    ...(await makeKeys(scope, sandbox)),
    ...(await hireTeam(scope, name, signedUp.userId)),
  };
}

type Friends = Pick<
  Shop,
  | "customer"
  | "friendId"
  | "referralId"
  | "reviewedReferralId"
  | "rewardId"
  | "orderId"
  | "waitingEventId"
>;

/** An advocate with a friend who bought, one whose referral waits for review, and a new event. */
async function referFriends(
  scope: Scope,
  program: Shop["program"],
  name: string,
): Promise<Friends> {
  const story = storyIn(scope, program);
  const ana = await story.advocate(`${name}-ana`);
  await story.claim(`${name}-ben`, ana.code);
  await story.purchase(`${name}-ben`, `${name}-order`, "49.90");
  await story.claim(`${name}-cem`, ana.code);
  const referral = await story.referralOf(`${name}-ben`);
  const reviewed = await story.referralOf(`${name}-cem`);
  const [reward] = await story.rewards();
  await inScope(scope, ({ db, merchantId }) =>
    db.referral.update({
      where: { merchantId_id: { merchantId, id: reviewed!.id } },
      data: { reviewAt: new Date() },
    }),
  );
  const { eventId } = await storeEvent(scope, {
    source: "api",
    body: { type: "lead", customer: { email: `${name}-dua@example.com` } },
  });
  return {
    customer: { id: ana.customerId, externalId: `${name}-ana`, code: ana.code },
    friendId: await customerIdOf(scope, `${name}-ben`),
    referralId: referral!.id,
    reviewedReferralId: reviewed!.id,
    rewardId: reward!.id,
    orderId: `${name}-order`,
    waitingEventId: eventId,
  };
}

/** A key that staff are to decide about. */
async function doubtKey(scope: Scope, customerId: string): Promise<Shop["claimedKey"]> {
  const [key] = await inScope(scope, ({ db, merchantId }) =>
    db.customerKey.updateManyAndReturn({
      where: { merchantId, customerId, kind: "email" },
      data: { doubtedAt: new Date() },
      select: { customerId: true, kind: true, value: true },
    }),
  );
  return key!;
}

/** A question about a reward, and what a buyer said about who told them. */
async function askAndNominate(
  scope: Scope,
  program: Shop["program"],
  name: string,
  { customer, rewardId }: Friends,
): Promise<Pick<Shop, "questionId" | "buyerId" | "nominationId">> {
  const { questionId } = await askQuestion(scope, customer.id, {
    rewardId,
    message: `Where is it, ${name}?`,
  });
  await storyIn(scope, program).purchase(`${name}-eli`, `${name}-second-order`, "20.00");
  const buyerId = await customerIdOf(scope, `${name}-eli`);
  const { nominationId } = await nominate(scope, {
    programId: program.id,
    friendId: buyerId,
    said: customer.code,
  });
  return { questionId, buyerId, nominationId };
}

async function customerIdOf(scope: Scope, name: string): Promise<string> {
  const { id } = await inScope(scope, ({ db }) =>
    db.customer.findFirstOrThrow({
      where: { email: `${name}@example.com` },
      select: { id: true },
    }),
  );
  return id;
}

async function payingOut(scope: Scope, programId: string, customerId: string, name: string) {
  const { id: poolId } = await createPool(scope, { name: `Codes of ${name}`, lowAt: 1 });
  await addCodes(scope, poolId, `${name}-1\n${name}-2`);
  await grantOutright(scope, {
    programId,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: "matrix cash" },
    eventId: null,
    benefit: { kind: "cash" },
    calculator: { kind: "fixed", amount: "3" },
    holdDays: 0,
    at: new Date(),
    facts: {},
  });
  await giveTestDetails(scope, customerId);
  const { batchId: payoutId } = await createPayout(scope, {});
  return { poolId, payoutId };
}
