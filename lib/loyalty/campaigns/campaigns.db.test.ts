import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { addDays, dateInZone } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testSandbox } from "@/lib/merchants/testing";
import { story } from "@/lib/worker/testing";
import { endCampaign, saveCampaign } from "./commands";
import { listCampaigns, runningCampaign } from "./queries";
import { campaignFormSchema } from "./schema";

let scope: Scope;
let programId: string;

const day = (after: number) => dateInZone(addDays(new Date(), after), "UTC");
const form = (change: Record<string, string>) =>
  campaignFormSchema("UTC").parse({
    name: "Double week",
    multiplier: "2",
    startsOn: day(0),
    endsOn: day(6),
    ...change,
  });
const plan = (change: Record<string, string> = {}) => saveCampaign(scope, form(change));
const edit = (campaignId: string, change: Record<string, string>) =>
  saveCampaign(
    scope,
    campaignFormSchema("UTC").parse({ campaignId, name: "Double week", endsOn: day(6), ...change }),
  );
const stored = (campaignId: string) =>
  inScope(scope, ({ db }) =>
    db.pointsCampaign.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: scope.merchantId, id: campaignId } },
    }),
  );

beforeAll(async () => {
  ({
    scope,
    program: { id: programId },
  } = await story());
});
afterAll(closeConnections);

describe("a points campaign", () => {
  it("that begins today begins now, is known to test mode, and counts in its program", async () => {
    const before = new Date();
    const { campaignId } = await plan({ programId });
    expect((await stored(campaignId)).startsAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect((await runningCampaign(scope, programId))?.id).toBe(campaignId);
    expect((await runningCampaign(await testSandbox(scope), programId))?.id).toBe(campaignId);
    expect(await runningCampaign(scope, "prg_other")).toBeNull();
    await endCampaign(scope, { campaignId });
    expect(await runningCampaign(scope, programId)).toBeNull();
  });

  it("keeps what has counted while it runs, and can be changed whole before", async () => {
    const { campaignId: running } = await plan();
    await edit(running, { name: "Longer week", endsOn: day(9) });
    expect(await stored(running)).toMatchObject({ name: "Longer week", multiplierBp: 20_000 });
    await expect(edit(running, { multiplier: "3" })).rejects.toMatchObject({ code: "conflict" });
    await expect(edit(running, { programId })).rejects.toMatchObject({ code: "conflict" });
    const { campaignId: coming } = await plan({ startsOn: day(3), endsOn: day(4) });
    await edit(coming, { multiplier: "3", startsOn: day(5), endsOn: day(7), programId });
    expect(await stored(coming)).toMatchObject({ multiplierBp: 30_000, programId });
    await endCampaign(scope, { campaignId: coming });
    expect((await stored(coming)).state).toBe("disabled");
    await endCampaign(scope, { campaignId: running });
    await expect(edit(running, { name: "Again" })).rejects.toMatchObject({ code: "conflict" });
  });

  it("begins no earlier than today, in a program that is there", async () => {
    await expect(plan({ startsOn: day(-1) })).rejects.toMatchObject({
      code: "invalid_request",
      path: "startsOn",
    });
    await expect(plan({ programId: "prg_none" })).rejects.toMatchObject({ code: "not_found" });
    await expect(endCampaign(scope, { campaignId: "cam_none" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is listed with those that it overlaps, a page at a time", async () => {
    await plan({ name: "Long", startsOn: day(10), endsOn: day(20) });
    await plan({ name: "Short", startsOn: day(12), endsOn: day(12), multiplier: "3" });
    const open = await listCampaigns(scope, { show: "open", limit: 1 });
    const rest = await listCampaigns(scope, { show: "open", limit: 1, cursor: open.nextCursor! });
    expect(
      [...open.rows, ...rest.rows].map(({ name, status, overlaps }) => [
        name,
        status,
        overlaps.map(({ name }) => name),
      ]),
    ).toEqual([
      ["Long", "coming", ["Short"]],
      ["Short", "coming", ["Long"]],
    ]);
    expect(rest.nextCursor).toBeNull();
    const past = await listCampaigns(scope, { show: "past", limit: 50 });
    expect(new Set(past.rows.map(({ status }) => status))).toEqual(new Set(["past", "called_off"]));
  });
});
