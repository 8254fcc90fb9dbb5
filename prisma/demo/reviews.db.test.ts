import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { addDays, systemNow, turnClock } from "@/lib/core/time";
import { inScope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { type Known, momentsOf } from "./live";
import { letHappen } from "./moments";
import { reviewMoments } from "./reviews";
import { demoTerms } from "./terms";
import type { DemoPerson } from "./world";

afterAll(async () => {
  turnClock(null);
  await closeConnections();
});

it("has something to decide, for reasons that the product finds", async () => {
  const now = systemNow();
  const start = addDays(now, -80);
  const people = ["ana", "ben"].map((key): DemoPerson => ({
    key,
    name: `${key} Example`,
    email: `${key}@example.com`,
    locale: "en",
    arrivedAt: addDays(start, 1),
    joinedAt: addDays(start, 3),
    shares: [],
    invitedBy: null,
    orders: [],
  }));
  const known: Known = {
    programId: "",
    codes: new Map(),
    advocates: new Map(),
    clickIds: new Map(),
  };
  const scope = await createTestMerchant();
  turnClock(start);
  const program = await createProgram(scope, { name: "Share", terms: demoTerms(start) });
  await publishProgram(scope, program.id);
  known.programId = program.id;
  const world = { start, programStart: start, people, strayClicks: [], views: [] };
  await letHappen(
    scope,
    [...momentsOf(scope, world, known), ...reviewMoments(people, known, now)],
    {
      dueFrom: start,
      until: now,
    },
  );
  const waiting = await inScope(scope, ({ db, merchantId }) =>
    db.referral.findMany({
      where: { merchantId, reviewAt: { not: null } },
      orderBy: { id: "asc" },
      select: { friend: { select: { name: true } } },
    }),
  );
  expect(waiting.map(({ friend }) => friend.name)).toEqual(["Otis Aldana", "Maren Quist"]);
});
