import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { type Story, story } from "@/lib/worker/testing";
import { confirmNomination } from "./commands/confirm-nomination";
import { decideNomination } from "./commands/decide-nomination";
import { nominate } from "./commands/nominate";
import { listNominations, nominationQuestion, nominationsToConfirm } from "./queries/nominations";
import { nominationFilterSchema } from "./schema";

afterAll(closeConnections);

async function buyer(shop: Story, name: string): Promise<string> {
  await shop.purchase(name, `order-of-${name}`, "40.00");
  const row = await inScope(shop.scope, ({ db }) =>
    db.customer.findFirstOrThrow({ where: { email: `${name}@example.com` }, select: { id: true } }),
  );
  return row.id;
}

const terms = (nominations: "off" | "merchant" | "advocate") => ({ nominations, windowDays: 30 });

it("becomes a rewarded referral by the advocate's yes where the program says so", async () => {
  const shop = await story({ nominations: "advocate" });
  const mira = await shop.advocate("Mira");
  const ben = await buyer(shop, "ben");
  expect(
    await nominationQuestion(shop.scope, {
      programId: shop.program.id,
      customerId: ben,
      terms: terms("advocate"),
    }),
  ).toEqual({ kind: "ask", orderId: "order-of-ben" });
  const { nominationId, state } = await nominate(shop.scope, {
    programId: shop.program.id,
    friendId: ben,
    said: mira.code.toLowerCase(),
  });
  expect(state).toBe("asked");
  expect(await nominationsToConfirm(shop.scope, mira.advocateId)).toHaveLength(1);
  await expect(
    confirmNomination(shop.scope, ben, { nominationId, answer: "yes" }),
  ).rejects.toMatchObject({ code: "not_found" });

  const actor = { kind: "customer", id: mira.customerId, label: "Mira", provenance: "handover" };
  const signedIn = { ...shop.scope, actor } as Scope;
  expect(
    await confirmNomination(signedIn, mira.customerId, { nominationId, answer: "yes" }),
  ).toEqual({ state: "accepted" });
  expect(await shop.referralOf("ben")).toMatchObject({ state: "rewarded" });
  // Both said so, signed in on pages of their own; staff said nothing.
  expect(
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.event.findFirstOrThrow({ where: { merchantId, type: "nomination" } }),
    ),
  ).toMatchObject({ provenance: "handover" });
  expect(await shop.rewards()).toMatchObject([
    { side: "advocate", amountMinor: 1_000n },
    { side: "friend" },
  ]);
  const [referral] = await inScope(shop.scope, ({ db }) =>
    db.referral.findMany({ select: { attributedBy: true, provenBy: true } }),
  );
  expect(referral).toEqual({ attributedBy: "manual", provenBy: "page" });
  await expect(
    confirmNomination(shop.scope, mira.customerId, { nominationId, answer: "yes" }),
  ).rejects.toMatchObject({ code: "conflict" });
});

it("leaves it to the merchant after the advocate's yes, and a no ends it", async () => {
  const shop = await story({ nominations: "merchant" });
  const mira = await shop.advocate("Mira");
  const [ben, cem] = [await buyer(shop, "ben"), await buyer(shop, "cem")];
  const about = (friendId: string) => ({
    programId: shop.program.id,
    friendId,
    said: "mira@example.com",
  });
  const first = await nominate(shop.scope, about(ben));
  const second = await nominate(shop.scope, about(cem));
  expect(
    await confirmNomination(shop.scope, mira.customerId, {
      nominationId: first.nominationId,
      answer: "yes",
    }),
  ).toEqual({ state: "waiting" });
  expect(await shop.referralOf("ben")).toBeNull();
  expect(
    await confirmNomination(shop.scope, mira.customerId, {
      nominationId: second.nominationId,
      answer: "no",
    }),
  ).toEqual({ state: "declined" });
  expect((await listNominations(shop.scope, nominationFilterSchema.parse({}))).rows).toHaveLength(
    1,
  );
  expect(
    await decideNomination(shop.scope, { nominationId: first.nominationId, decision: "accept" }),
  ).toEqual({ state: "accepted" });
  expect(await shop.referralOf("ben")).toMatchObject({ state: "rewarded" });
});

it("looks the same to the friend without a match, and a member can name the advocate", async () => {
  const shop = await story({ nominations: "merchant" });
  const mira = await shop.advocate("Mira");
  await shop.advocate("Zoe");
  const ben = await buyer(shop, "ben");
  const about = { programId: shop.program.id, friendId: ben };
  const { nominationId, state } = await nominate(shop.scope, { ...about, said: "a colleague" });
  expect(state).toBe("unmatched");
  await expect(nominate(shop.scope, { ...about, said: mira.code })).rejects.toMatchObject({
    code: "conflict",
  });
  const question = await nominationQuestion(shop.scope, {
    programId: shop.program.id,
    customerId: ben,
    terms: terms("merchant"),
  });
  expect(question).toMatchObject({ kind: "said" });
  await expect(
    decideNomination(shop.scope, { nominationId, decision: "accept" }),
  ).rejects.toMatchObject({ path: "code" });
  expect(
    await decideNomination(shop.scope, { nominationId, decision: "accept", code: mira.code }),
  ).toEqual({ state: "accepted" });
  await expect(nominate(shop.scope, { ...about, said: "Zoe" })).rejects.toMatchObject({
    code: "conflict",
  });
});

it("matches unique names; refuses oneself, others' orders, programs that do not ask", async () => {
  const shop = await story({ nominations: "merchant" });
  await shop.advocate("Mira");
  const [ben, cem] = [await buyer(shop, "ben"), await buyer(shop, "cem")];
  const about = { programId: shop.program.id, friendId: ben };
  await expect(
    nominate(shop.scope, { ...about, said: "Mira", orderId: "order-of-cem" }),
  ).rejects.toMatchObject({ path: "orderId" });
  expect(await nominate(shop.scope, { ...about, said: "MIRA" })).toMatchObject({ state: "asked" });
  const cemAdvocate = await shop.advocate("cem");
  await expect(
    nominate(shop.scope, { ...about, friendId: cem, said: cemAdvocate.code }),
  ).rejects.toMatchObject({ path: "said" });

  const silent = await story();
  const dua = await buyer(silent, "dua");
  await expect(
    nominate(silent.scope, { programId: silent.program.id, friendId: dua, said: "Mira" }),
  ).rejects.toMatchObject({ code: "conflict" });
});

it("makes one referral of decisions at the same time, none where the rules refuse it", async () => {
  const shop = await story({ nominations: "merchant" });
  const mira = await shop.advocate("Mira");
  const ben = await buyer(shop, "ben");
  const { nominationId } = await nominate(shop.scope, {
    programId: shop.program.id,
    friendId: ben,
    said: mira.code,
  });
  const answers = await Promise.allSettled(
    [1, 2, 3].map(() => decideNomination(shop.scope, { nominationId, decision: "accept" })),
  );
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await shop.rewards()).toHaveLength(2);

  await shop.purchase("eli", "long-ago", "5.00", {}, new Date(Date.now() - 20 * 86_400_000));
  const eli = await buyer(shop, "eli");
  const late = await nominate(shop.scope, {
    programId: shop.program.id,
    friendId: eli,
    said: mira.code,
    orderId: "order-of-eli",
  });
  // The named order was not the first, and only new customers count here.
  expect(
    await decideNomination(shop.scope, { nominationId: late.nominationId, decision: "accept" }),
  ).toEqual({ state: "rejected" });
});
