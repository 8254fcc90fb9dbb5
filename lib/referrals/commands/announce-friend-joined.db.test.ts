import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { LOCALES } from "@/lib/core/i18n/locales";
import { recordConsent } from "@/lib/customers/commands/consent";
import { inScope, type Tx } from "@/lib/merchants/scope";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { termsOf } from "@/lib/programs/queries";
import { termsForArm } from "@/lib/terms/rules/applying";
import { type Story, story } from "@/lib/worker/testing";
import { announceFriends, type FriendNews } from "./announce-friend-joined";
import { lastingWords, testEmails } from "@/lib/messaging/testing";

let shop: Story;
/** An advocate in each language, and one who unsubscribed, each with a friend. */
const news: FriendNews[] = [];
const FRIENDS = ["Bea", "Çelik", "Xiu", "Nobody"];

beforeAll(async () => {
  shop = await story();
  const { scope, program } = shop;
  const terms = termsForArm(await termsOf(scope, program.id, 1), null);
  for (const [index, locale] of [...LOCALES, "en"].entries()) {
    const { customerId, code } = await shop.advocate(`Advocate${index}`);
    const name = FRIENDS[index]!;
    await shop.claim(`friend${index}`, code);
    const { id: referralId } = (await shop.referralOf(`friend${index}`))!;
    await inScope(scope, async ({ db, merchantId }) => {
      await db.customer.update({
        where: { merchantId_id: { merchantId, id: customerId } },
        data: { locale },
      });
      await db.customer.updateMany({
        where: { merchantId, email: `friend${index}@example.com` },
        data: { name },
      });
    });
    news.push({
      referralId,
      customerId,
      friend: { name, email: `friend${index}@example.com` },
      programName: "Good word",
      programSlug: program.slug,
      isClaimed: true,
      terms,
    });
  }
  await recordConsent(scope, {
    customerId: news.at(-1)!.customerId,
    purpose: PROGRAM_EMAIL,
    granted: false,
    source: "test",
    wording: "test",
  });
});
afterAll(closeConnections);

const byCause = <Row extends { causeKey: string }>(rows: readonly Row[]) =>
  rows.toSorted((one, other) => (one.causeKey < other.causeKey ? -1 : 1));

/** The emails that are written, but for what differs from writing to writing; then undone. */
async function emails(announce: (tx: Tx) => Promise<void>) {
  const undone = new Error("undone");
  let found: ReturnType<typeof lastingWords>[] = [];
  await inScope(shop.scope, async (tx) => {
    const where = { template: "friend_joined" };
    await tx.db.message.deleteMany({ where: { ...where, merchantId: tx.merchantId } });
    await announce(tx);
    found = byCause((await testEmails(tx, where)).map(lastingWords));
    throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return found;
}

describe("emails about friends who joined", () => {
  it("are the same together and one by one, and none to who unsubscribed", async () => {
    const together = await emails((tx) => announceFriends(tx, news));
    expect(together.map(({ locale }) => locale).sort()).toEqual([...LOCALES].sort());
    const alone = await emails(async (tx) => {
      for (const one of [...news, ...news]) await announceFriends(tx, [one]);
    });
    expect(alone).toEqual(together);
  });

  it("name each advocate their own friend", async () => {
    for (const { subject, text, html } of await emails((tx) => announceFriends(tx, news)))
      expect(FRIENDS.filter((name) => `${subject} ${text} ${html}`.includes(name))).toHaveLength(1);
  });
});
