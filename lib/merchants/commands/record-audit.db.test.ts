import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "../scope";
import { createTestMerchant } from "../testing";
import { recordAudit } from "./record-audit";

afterAll(closeConnections);

it("writes what cannot be changed, by anyone", async () => {
  const scope = await createTestMerchant();
  await recordAudit(scope, {
    action: "event.enter",
    subjectType: "test",
    subjectId: "one",
    summary: "Something happened",
  });
  await expect(
    inScope(scope, ({ db }) => db.auditEntry.updateMany({ data: { summary: "Nothing happened" } })),
  ).rejects.toThrow(/append-only|permission denied/);
  await expect(inScope(scope, ({ db }) => db.auditEntry.deleteMany())).rejects.toThrow(
    /append-only|permission denied/,
  );
});
