import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/id";
import type { EventBody } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import type { Tx } from "@/lib/merchants/scope";
import { changeProgramState } from "@/lib/programs/commands/change-state";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { REFERRAL_STATES } from "@/lib/referrals/schema";
import { type Story, story, storyIn, testTerms } from "@/lib/worker/testing";
import type { Arrival, Starts } from "./start-referrals";
import { eventOf, newcomer, start, undone } from "./testing";

const day = (number: number) => new Date(Date.UTC(2026, 2, 1 + number, 12));

/** Ids that are made anew each time are told by their places. */
const comparable = (starts: readonly Starts[], referralIds: readonly string[]) => {
  const text = JSON.stringify(starts, (key, value: unknown) =>
    key === "eventId" || key === "friendsADay"
      ? undefined
      : typeof value === "bigint"
        ? String(value)
        : value,
  );
  return JSON.parse(
    text.replace(/ref_[0-9a-z]{26}/g, (id) => `referral ${referralIds.indexOf(id)}`),
  ) as unknown;
};

const written = async (tx: Tx, friendIds: readonly string[]) => {
  const rows = await tx.db.referral.findMany({
    where: { merchantId: tx.merchantId, friendId: { in: [...friendIds] } },
    include: {
      steps: { orderBy: { id: "asc" }, select: { state: true, reason: true, at: true } },
      signals: { orderBy: { kind: "asc" }, select: { kind: true, severity: true } },
    },
    orderBy: [{ friendId: "asc" }, { programId: "asc" }, { round: "asc" }],
  });
  return {
    ids: rows.map(({ id }) => id),
    rows: rows.map(({ id: _, createdAt: _now, ...row }) => row),
  };
};

describe("a list of events", () => {
  /** Programs, two advocates in each: live, of few days, paused, ended. */
  let shop: Story;
  let codes: { code: string; advocateId: string; programId: string }[];
  const clicks: string[] = [];

  beforeAll(async () => {
    shop = await story();
    codes = [];
    const programs = [shop.program];
    for (const [slug, change] of [
      ["short", { windowDays: 3, startsAt: "2026-03-02T00:00:00Z" }],
      ["paused", {}],
      ["ended", {}],
    ] as const) {
      const program = await createProgram(shop.scope, { name: slug, terms: testTerms(change) });
      await publishProgram(shop.scope, program.id);
      programs.push(program);
    }
    for (const program of programs)
      for (const name of ["Mira", "Zoe"]) {
        const joined = await storyIn(shop.scope, program).advocate(name);
        codes.push({ ...joined, programId: program.id });
      }
    for (const [index, { code, advocateId, programId }] of codes.entries()) {
      const { eventId } = await storeEvent(shop.scope, {
        source: "click",
        body: { type: "click", code },
        occurredAt: day(index % 5),
        visitorId: `browser-${index % 3}`,
        programId,
        advocateId,
        channel: "copy",
      });
      clicks.push(eventId);
    }
    const [, , paused, ended] = programs;
    await changeProgramState(shop.scope, { programId: paused!.id, state: "paused" });
    await changeProgramState(shop.scope, { programId: ended!.id, state: "ended" });
  });

  const code = fc.option(fc.nat(8), { nil: null });
  const friends = fc.array(
    fc.record({
      at: fc.integer({ min: -1, max: 8 }),
      code,
      discountCode: code,
      click: fc.option(fc.nat(7), { nil: null }),
      visitor: fc.option(fc.nat(3), { nil: null }),
      type: fc.constantFrom("sign_up", "purchase", "invite_claim"),
      isNew: fc.boolean(),
      earlier: fc.array(
        fc.record({
          by: fc.nat(7),
          state: fc.constantFrom(...REFERRAL_STATES),
          reason: fc.constantFrom("self_referral", "existing_customer", "by_code"),
          clickedAt: fc.option(fc.integer({ min: -2, max: 8 }), { nil: null }),
          joinedAt: fc.integer({ min: -1, max: 8 }),
          expiresAt: fc.integer({ min: 0, max: 12 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 2, maxLength: 5 },
  );
  type Friend = typeof friends extends fc.Arbitrary<(infer One)[]> ? One : never;

  async function arrivalOf(tx: Tx, one: Friend, index: number): Promise<Arrival> {
    const textOf = (number: number | null) =>
      number === null ? undefined : (codes[number]?.code ?? "NOBODYS");
    const friend = await newcomer(tx, `friend-${index}`);
    const isNew = one.isNew && one.earlier.length === 0;
    const rounds = new Map<string, number>();
    for (const { by, clickedAt, joinedAt, expiresAt, ...rest } of one.earlier) {
      const { programId, ...advocate } = codes[by]!;
      const round = (rounds.get(programId) ?? 0) + 1;
      rounds.set(programId, round);
      await tx.db.referral.create({
        data: {
          merchantId: tx.merchantId,
          id: newId("ref"),
          programId,
          programVersion: 1,
          advocateId: advocate.advocateId,
          friendId: friend.id,
          round,
          code: advocate.code,
          ...rest,
          attributedBy: "code",
          clickedAt: clickedAt === null ? null : day(clickedAt),
          joinedAt: day(joinedAt),
          // Some are only claimed.
          provenAt: joinedAt % 3 === 0 ? null : day(Math.min(clickedAt ?? joinedAt, joinedAt)),
          createdAt: day(joinedAt),
          expiresAt: day(expiresAt),
          steps: {
            create: {
              id: newId("stp"),
              state: "joined",
              reason: "by_code",
              at: day(joinedAt),
              recordedAt: day(joinedAt),
              actor: "test",
              eventId: newId("evt"),
            },
          },
        },
      });
    }
    const body: Partial<EventBody> = {
      type: one.type,
      ...(one.code !== null && { code: textOf(one.code) }),
      ...(one.click !== null && { clickId: clicks[one.click] }),
      ...(one.discountCode !== null && {
        order: {
          id: `order-${index}`,
          total: "10.00",
          currency: "USD",
          discountCode: textOf(one.discountCode),
        },
      }),
    };
    const visitor = one.visitor === null ? null : `browser-${one.visitor}`;
    return { event: eventOf(body, day(one.at), visitor), friend: { ...friend, isNew } };
  }

  it("comes to what they come to one by one", async () => {
    const codesSeen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(friends, async (list) => {
        await undone(shop.scope, async (tx) => {
          const arrivals: Arrival[] = [];
          for (const [index, one] of list.entries()) arrivals.push(await arrivalOf(tx, one, index));
          const ids = arrivals.map(({ friend }) => friend.id);
          const told = async (work: () => Promise<Starts[]>) => {
            await tx.db.$executeRaw`SAVEPOINT before`;
            const starts = await work();
            const after = await written(tx, ids);
            await tx.db.$executeRaw`ROLLBACK TO SAVEPOINT before`;
            for (const { decisions } of starts)
              for (const { code } of decisions) codesSeen.add(code);
            return { starts: comparable(starts, after.ids), rows: after.rows };
          };
          const together = await told(() => start(tx, arrivals));
          const inTurn = await told(async () => {
            const starts: Starts[] = [];
            for (const arrival of arrivals) starts.push(...(await start(tx, [arrival])));
            return starts;
          });
          expect(together).toEqual(inTurn);
        });
      }),
      { numRuns: 40 },
    );
    expect([...codesSeen]).toEqual(
      expect.arrayContaining([
        "already_referred",
        "before_click",
        "code_unknown",
        "outside_program",
        "program_paused",
        "referral_started",
        "window_passed",
      ]),
    );
  });
});
