import { describe, expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { recordView } from "@/lib/referrals/commands/record-view";
import { story } from "@/lib/worker/testing";

const views = (scope: Scope) =>
  inScope(scope, ({ db }) =>
    db.event.findMany({
      where: { merchantId: scope.merchantId, type: "program_view" },
      include: { outcome: true },
      orderBy: { id: "asc" },
    }),
  );

describe("seeing a program's page", () => {
  it("counts once a day for a browser, however often and at once it comes", async () => {
    const { scope, program } = await story();
    const seen = { programId: program.id, customerId: null, visitorId: "browser-1" };
    await Promise.all(Array.from({ length: 10 }, () => recordView(scope, seen)));
    await recordView(scope, { ...seen, visitorId: "browser-2" });
    expect((await views(scope)).map(({ visitorId }) => visitorId).sort()).toEqual([
      "browser-1",
      "browser-2",
    ]);
  });

  it("stores nothing of somebody of whom neither browser nor name is known", async () => {
    const { scope, program } = await story();
    await recordView(scope, { programId: program.id, customerId: null, visitorId: null });
    expect(await views(scope)).toEqual([]);
  });

  it("belongs to the page's advocate, whoever used the browser; starts no referral", async () => {
    const shop = await story();
    const { scope, program } = shop;
    const mira = await shop.advocate("Mira");
    await shop.send({
      type: "sign_up",
      customer: { email: "tom@example.com" },
      visitorId: "browser-1",
    });
    await recordView(scope, {
      programId: program.id,
      customerId: mira.customerId,
      visitorId: "browser-1",
    });
    await shop.settle();
    const [view] = await views(scope);
    expect(view).toMatchObject({
      advocateId: mira.advocateId,
      outcome: { customerId: mira.customerId, decisions: [] },
    });
    expect(await shop.referralOf("Mira")).toBeNull();
  });
});
