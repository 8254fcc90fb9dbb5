import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { attribute, type Evidence, EVIDENCE_KINDS } from "./rules";

const at = new Date("2026-05-10T12:00:00Z");
const tie = (change: Partial<Evidence> = {}): Evidence => ({
  kind: "code",
  programId: "p",
  advocateId: "mira",
  advocateCustomerId: "c-mira",
  code: "MIRA",
  clickedAt: null,
  channel: null,
  ...change,
});
const decide = (evidence: Evidence[], customerId: string | null = "c-tom", days = 30) =>
  attribute({
    evidence,
    occurredAt: at,
    customerId,
    windowDays: new Map([
      ["p", days],
      ["q", days],
    ]),
  });

describe("attribute", () => {
  it.each([
    [
      "a click beats a code",
      [tie(), tie({ kind: "click", advocateId: "ann", clickedAt: addDays(at, -1) })],
      "ann",
    ],
    [
      "a code beats a discount code",
      [tie({ kind: "discount_code", advocateId: "ann" }), tie()],
      "mira",
    ],
    [
      "a discount code beats the browser's past",
      [tie({ kind: "visitor", advocateId: "ann", clickedAt: at }), tie({ kind: "discount_code" })],
      "mira",
    ],
    [
      "the later click wins",
      [
        tie({ kind: "click", advocateId: "ann", clickedAt: addDays(at, -2) }),
        tie({ kind: "click", clickedAt: addDays(at, -1) }),
      ],
      "mira",
    ],
    [
      "an expired click gives way to a code",
      [tie({ kind: "click", advocateId: "ann", clickedAt: addDays(at, -31) }), tie()],
      "mira",
    ],
  ])("%s", (_, evidence, advocate) => {
    expect(decide(evidence)).toMatchObject([{ evidence: { advocateId: advocate } }]);
  });

  it.each([
    ["too old a click", tie({ kind: "click", clickedAt: addDays(at, -30.001) }), "window_passed"],
    ["a click after the fact", tie({ kind: "click", clickedAt: addDays(at, 1) }), "before_click"],
    ["one's own code", tie({ advocateCustomerId: "c-tom" }), "self_referral"],
  ])("refuses %s, and says so", (_, evidence, reason) => {
    expect(decide([evidence])).toEqual([{ programId: "p", evidence: null, reason }]);
  });

  it("lets a typed code begin with the click of the same advocate's link only", () => {
    const clickedAt = addDays(at, -2);
    const visit = (advocateId: string) =>
      tie({ kind: "visitor", advocateId, clickedAt, channel: "whatsapp" });
    expect(decide([tie(), visit("mira")])).toMatchObject([
      { evidence: { kind: "code", clickedAt, channel: "whatsapp" } },
    ]);
    expect(decide([tie(), visit("ann")])).toMatchObject([
      { evidence: { kind: "code", clickedAt: null, channel: null } },
    ]);
  });

  it("counts a click to the last instant of its window, and one a moment ahead", () => {
    for (const clickedAt of [addDays(at, -30), new Date(at.getTime() + 60_000)]) {
      expect(decide([tie({ kind: "click", clickedAt })])[0]?.evidence).not.toBeNull();
    }
  });

  const evidence = fc.record({
    kind: fc.constantFrom(...EVIDENCE_KINDS),
    programId: fc.constantFrom("p", "q"),
    advocateId: fc.constantFrom("mira", "ann", "tom"),
    advocateCustomerId: fc.constantFrom("c-mira", "c-ann", "c-tom"),
    code: fc.constantFrom("MIRA", "ANN", "TOM"),
    clickedAt: fc.option(fc.integer({ min: -60, max: 5 }).map((days) => addDays(at, days))),
    channel: fc.constant(null),
  });

  it("decides once a program, the same in any order, and never for the person themselves", () => {
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 8 }), fc.integer(), (items, seed) => {
        const shuffled = [...items].sort(
          (a, b) => ((items.indexOf(a) * seed) % 7) - ((items.indexOf(b) * seed) % 7),
        );
        const byProgram = (list: ReturnType<typeof decide>) =>
          new Map(
            list.map((one) => [
              one.programId,
              one.evidence && `${one.evidence.kind} ${one.evidence.code}`,
            ]),
          );
        const answer = decide(items);
        expect(byProgram(decide(shuffled))).toEqual(byProgram(answer));
        expect(new Set(answer.map((one) => one.programId)).size).toBe(
          new Set(items.map((item) => item.programId)).size,
        );
        for (const { evidence } of answer) expect(evidence?.advocateCustomerId).not.toBe("c-tom");
      }),
    );
  });
});
