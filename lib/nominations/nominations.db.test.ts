import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "@/lib/merchants/scope";
import { type Story, story } from "@/lib/worker/testing";
import { confirmNomination } from "./commands/confirm-nomination";
import { decideNomination } from "./commands/decide-nomination";
import { nominate } from "./commands/nominate";
import { listNominations, nominationQuestion, nominationsToConfirm } from "./queries/nominations";
import { nominationFilterSchema } from "./schema";

afterAll(closeConnections);

async function buyer(tale: Story, name: string): Promise<string> {
  await tale.purchase(name, `order-of-${name}`, "40.00");
  const row = await inScope(tale.scope, (db) =>
    db.customer.findFirstOrThrow({ where: { email: `${name}@example.com` }, select: { id: true } }),
  );
  return row.id;
}

const terms = (nominations: "off" | "merchant" | "advocate") => ({ nominations, windowDays: 30 });

it("asks the advocate, and their yes makes a rewarded referral of the order where the program leaves it to them", async () => {
  const tale = await story({ nominations: "advocate" });
  const mira = await tale.advocate("Mira");
  const ben = await buyer(tale, "ben");
  expect(
    await nominationQuestion(tale.scope, {
      programId: tale.program.id,
      customerId: ben,
      terms: terms("advocate"),
    }),
  ).toEqual({ kind: "ask", orderId: "order-of-ben" });
  const { nominationId, state } = await nominate(tale.scope, {
    programId: tale.program.id,
    friendId: ben,
    said: mira.code.toLowerCase(),
  });
  expect(state).toBe("asked");
  expect(await nominationsToConfirm(tale.scope, mira.advocateId)).toHaveLength(1);
  await expect(
    confirmNomination(tale.scope, ben, { nominationId, answer: "yes" }),
  ).rejects.toMatchObject({ code: "not_found" });

  expect(
    await confirmNomination(tale.scope, mira.customerId, { nominationId, answer: "yes" }),
  ).toEqual({ state: "accepted" });
  expect(await tale.referralOf("ben")).toMatchObject({ state: "rewarded" });
  expect(await tale.rewards()).toMatchObject([
    { side: "advocate", amountMinor: 1_000n },
    { side: "friend" },
  ]);
  const [referral] = await inScope(tale.scope, (db) =>
    db.referral.findMany({ select: { attributedBy: true } }),
  );
  expect(referral!.attributedBy).toBe("manual");
  await expect(
    confirmNomination(tale.scope, mira.customerId, { nominationId, answer: "yes" }),
  ).rejects.toMatchObject({ code: "conflict" });
});

it("leaves it to the merchant after the advocate's yes, and a no ends it", async () => {
  const tale = await story({ nominations: "merchant" });
  const mira = await tale.advocate("Mira");
  const [ben, cem] = [await buyer(tale, "ben"), await buyer(tale, "cem")];
  const about = (friendId: string) => ({
    programId: tale.program.id,
    friendId,
    said: "mira@example.com",
  });
  const first = await nominate(tale.scope, about(ben));
  const second = await nominate(tale.scope, about(cem));
  expect(
    await confirmNomination(tale.scope, mira.customerId, {
      nominationId: first.nominationId,
      answer: "yes",
    }),
  ).toEqual({ state: "waiting" });
  expect(await tale.referralOf("ben")).toBeNull();
  expect(
    await confirmNomination(tale.scope, mira.customerId, {
      nominationId: second.nominationId,
      answer: "no",
    }),
  ).toEqual({ state: "declined" });
  expect((await listNominations(tale.scope, nominationFilterSchema.parse({}))).rows).toHaveLength(
    1,
  );
  expect(
    await decideNomination(tale.scope, { nominationId: first.nominationId, decision: "accept" }),
  ).toEqual({ state: "accepted" });
  expect(await tale.referralOf("ben")).toMatchObject({ state: "rewarded" });
});

it("looks the same to the friend when nobody was found, and a member can name the advocate", async () => {
  const tale = await story({ nominations: "merchant" });
  const mira = await tale.advocate("Mira");
  await tale.advocate("Zoe");
  const ben = await buyer(tale, "ben");
  const about = { programId: tale.program.id, friendId: ben };
  const { nominationId, state } = await nominate(tale.scope, { ...about, said: "a colleague" });
  expect(state).toBe("unmatched");
  await expect(nominate(tale.scope, { ...about, said: mira.code })).rejects.toMatchObject({
    code: "conflict",
  });
  const question = await nominationQuestion(tale.scope, {
    programId: tale.program.id,
    customerId: ben,
    terms: terms("merchant"),
  });
  expect(question).toMatchObject({ kind: "said" });
  await expect(
    decideNomination(tale.scope, { nominationId, decision: "accept" }),
  ).rejects.toMatchObject({ path: "code" });
  expect(
    await decideNomination(tale.scope, { nominationId, decision: "accept", code: mira.code }),
  ).toEqual({ state: "accepted" });
  await expect(nominate(tale.scope, { ...about, said: "Zoe" })).rejects.toMatchObject({
    code: "conflict",
  });
});

it("knows a name only where it is one advocate's, refuses oneself, orders of others, and programs that do not ask", async () => {
  const tale = await story({ nominations: "merchant" });
  await tale.advocate("Mira");
  const [ben, cem] = [await buyer(tale, "ben"), await buyer(tale, "cem")];
  const about = { programId: tale.program.id, friendId: ben };
  await expect(
    nominate(tale.scope, { ...about, said: "Mira", orderId: "order-of-cem" }),
  ).rejects.toMatchObject({ path: "orderId" });
  expect(await nominate(tale.scope, { ...about, said: "MIRA" })).toMatchObject({ state: "asked" });
  const cemAdvocate = await tale.advocate("cem");
  await expect(
    nominate(tale.scope, { ...about, friendId: cem, said: cemAdvocate.code }),
  ).rejects.toMatchObject({ path: "said" });

  const silent = await story();
  const dua = await buyer(silent, "dua");
  await expect(
    nominate(silent.scope, { programId: silent.program.id, friendId: dua, said: "Mira" }),
  ).rejects.toMatchObject({ code: "conflict" });
});

it("makes one referral of two decisions at once, and none where the program's rules say no", async () => {
  const tale = await story({ nominations: "merchant" });
  const mira = await tale.advocate("Mira");
  const ben = await buyer(tale, "ben");
  const { nominationId } = await nominate(tale.scope, {
    programId: tale.program.id,
    friendId: ben,
    said: mira.code,
  });
  const answers = await Promise.allSettled(
    [1, 2, 3].map(() => decideNomination(tale.scope, { nominationId, decision: "accept" })),
  );
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await tale.rewards()).toHaveLength(2);

  await tale.purchase("eli", "long-ago", "5.00", {}, new Date(Date.now() - 20 * 86_400_000));
  const eli = await buyer(tale, "eli");
  const late = await nominate(tale.scope, {
    programId: tale.program.id,
    friendId: eli,
    said: mira.code,
    orderId: "order-of-eli",
  });
  // The named order was not the first, and only new customers count here.
  expect(
    await decideNomination(tale.scope, { nominationId: late.nominationId, decision: "accept" }),
  ).toEqual({ state: "rejected" });
});
