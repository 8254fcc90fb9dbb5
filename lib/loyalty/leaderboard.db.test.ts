import { beforeAll, describe, expect, it } from "vitest";
import { systemNow } from "@/lib/core/time";
import { joinProgram, setAlias, upsertCustomer } from "@/lib/customers/commands";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { createProgram, publishProgram } from "@/lib/programs/commands";
import { emptyForm, programFormSchema } from "@/lib/programs/form";
import { leaderboard } from "./leaderboard";

let scope: Scope;
let programId: string;

/** An advocate with so many confirmed friends, on the board under their name unless told otherwise. */
async function advocate(name: string, confirmed: number, seen = true): Promise<string> {
  const { customer } = await upsertCustomer(scope, { externalId: name, name, seenAt: systemNow() });
  const { advocate } = await joinProgram(scope, { programId, customerId: customer.id, welcome: false });
  if (seen) await setAlias(scope, { programId, customerId: customer.id, alias: name });
  await inScope(scope, (db) => db.advocate.update({
    where: { merchantId_id: { merchantId: scope.merchantId, id: advocate.id } }, data: { confirmedCount: confirmed },
  }));
  return advocate.id;
}

beforeAll(async () => {
  scope = await createTestMerchant();
  const program = await createProgram(scope, programFormSchema("USD", "UTC").parse({ ...emptyForm(0), name: "Board" }));
  programId = program.id;
  await publishProgram(scope, programId);
});

describe("leaderboard", () => {
  it("is empty while nobody with a confirmed friend wants to be seen", async () => {
    await advocate("Nobody yet", 0);
    const hidden = await advocate("Hidden", 40, false);
    expect(await leaderboard(scope, { programId, aroundAdvocateId: hidden })).toEqual({ top: [], near: [], own: null });
  });

  it("lets ties share a place and counts on behind them", async () => {
    await advocate("Ann", 5);
    await advocate("Ben", 9);
    await advocate("Cleo", 5);
    await advocate("Dea", 1);
    const { top } = await leaderboard(scope, { programId });
    expect(top.map(({ alias, place, confirmed }) => [alias, place, confirmed])).toEqual([
      ["Ben", 1, 9], ["Ann", 2, 5], ["Cleo", 2, 5], ["Dea", 4, 1],
    ]);
  });

  it("shows someone below the top with those just ahead and behind", async () => {
    for (let index = 0; index < 12; index += 1) await advocate(`Runner ${index}`, 30 + index);
    const ids = new Map((await leaderboard(scope, { programId })).top.map((row) => [row.alias, row.advocateId]));
    expect(ids.size).toBe(10);
    const cleo = (await upsertCustomer(scope, { externalId: "Cleo", seenAt: systemNow() })).customer.id;
    const own = await inScope(scope, (db) => db.advocate.findFirstOrThrow({ where: { customerId: cleo } }));
    const board = await leaderboard(scope, { programId, aroundAdvocateId: own.id });
    expect(board.own).toMatchObject({ alias: "Cleo", place: 14 });
    expect(board.near.map(({ alias, place }) => [alias, place])).toEqual([
      ["Ben", 13], ["Ann", 14], ["Cleo", 14], ["Dea", 16],
    ]);
  });

  it("repeats nobody who is at the top already, and knows no other shop's board", async () => {
    const { top } = await leaderboard(scope, { programId });
    const board = await leaderboard(scope, { programId, aroundAdvocateId: top[3]!.advocateId });
    expect([board.own?.place, board.near]).toEqual([4, []]);
    expect((await leaderboard(await createTestMerchant(), { programId })).top).toEqual([]);
  });
});
