import { beforeAll, describe, expect, it } from "vitest";
import { systemNow } from "@/lib/core/time";
import { joinProgram, upsertCustomer } from "@/lib/customers/commands";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { emptyForm, programFormSchema } from "@/lib/programs/forms/program-form";
import { friendCounts } from "../queries/friends";
import { recordShare } from "./record-share";

let scope: Scope;
let programId: string;

const someone = async (name: string) =>
  (await upsertCustomer(scope, { externalId: name, seenAt: systemNow() })).customer.id;

beforeAll(async () => {
  scope = await createTestMerchant();
  const program = await createProgram(
    scope,
    programFormSchema("USD", "UTC").parse({ ...emptyForm(0), name: "Share" }),
  );
  programId = program.id;
  await publishProgram(scope, programId);
});

describe("recordShare", () => {
  it("counts each channel, and a channel once in a minute however often at once", async () => {
    const customerId = await someone("mira");
    const { advocate } = await joinProgram(scope, { programId, customerId });
    const shares = await Promise.all(
      (["whatsapp", "whatsapp", "whatsapp", "qr"] as const).map((channel) =>
        recordShare(scope, { programId, customerId, channel }),
      ),
    );
    // A minute may end in between, which makes one more and never one less.
    expect(shares.filter(({ counted }) => counted).length).toBeGreaterThanOrEqual(2);
    const events = await inScope(scope, ({ db }) =>
      db.event.findMany({
        where: { merchantId: scope.merchantId, type: "share" },
        select: { channel: true, advocateId: true, programId: true, source: true },
      }),
    );
    expect(new Set(events.map(({ channel }) => channel))).toEqual(new Set(["whatsapp", "qr"]));
    expect(events[0]).toMatchObject({ advocateId: advocate.id, programId, source: "refer" });
    expect(await friendCounts(scope, advocate.id)).toEqual({ joined: 0, qualified: 0 });
  });

  it("counts for nobody who does not share this program", async () => {
    const customerId = await someone("outsider");
    await expect(
      recordShare(scope, { programId, customerId, channel: "copy" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
