import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readShareCode } from "@/lib/core/values/code";
import {
  cleanAlias,
  cleanMessage,
  firstNameOf,
  friendLabel,
  makeShareCode,
  maskEmail,
  planUpsert,
} from "./rules";
import { isOffensive } from "./rules/offensive";

describe("addresses", () => {
  it("masks all but the first character and the domain", () => {
    expect(["mira@example.com", "@example.com", "mira"].map(maskEmail)).toEqual([
      "m•••@example.com",
      "•••",
      "•••",
    ]);
    expect(maskEmail(`mira@${"a".repeat(50)}.${"b".repeat(30)}.com`)).toBe(
      `m•••@…${"a".repeat(5)}.${"b".repeat(30)}.com`,
    );
  });
});

describe("names", () => {
  it.each([
    ["Mira Dervishi", "Mira"],
    ["  Zoë   van Dam ", "Zoë"],
    ["王小明", "小明"],
    ["欧阳小明", "小明"],
    ["李雷", "雷"],
    ["mira@example.com", null],
    ["", null],
    [null, null],
    ["\u202eMira", "Mira"],
  ])("%j → %j", (name, first) => {
    expect(firstNameOf(name)).toBe(first);
  });

  it("shows a friend by name, else masked, else not at all", () => {
    expect(friendLabel({ name: "Mira D", email: "m@example.com" })).toBe("Mira");
    expect(friendLabel({ name: null, email: "mira@example.com" })).toBe("m•••@example.com");
    expect(friendLabel({ name: null, email: null })).toBeNull();
  });
});

describe("share codes", () => {
  const first = () => 0;

  it.each([
    ["Mira Dervishi", "MIRA-CCCC"],
    ["Zoë", "ZOE-CCCC"],
    ["Çelik", "CELIK-CCCC"],
    ["Ërleta", "ERLETA-CCCC"],
    ["Søren", "SOREN-CCCC"],
    ["王小明", "AMBER-CCCC"],
    [null, "AMBER-CCCC"],
    ["X", "AMBER-CCCC"],
    ["Fuckface", "AMBER-CCCC"],
    ["Bartholomäus", "BARTHOLOMA-CCCC"],
  ])("%j → %s", (name, code) => {
    expect(makeShareCode(name, 0, first)).toBe(code);
  });

  it("are speakable, normal already, and inoffensive for any name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(9), (name, attempt) => {
        const code = makeShareCode(name, attempt);
        expect(code).toMatch(/^[A-Z]{2,10}-[CDFGHJKMNPQRTWXY34679]{4,8}$/);
        expect(readShareCode(code)).toBe(code);
        expect(isOffensive(code)).toBe(false);
      }),
    );
  });

  it("grow when a name is crowded", () => {
    expect([0, 1, 2, 4, 9].map((attempt) => makeShareCode("Mira", attempt).length - 5)).toEqual([
      4, 4, 5, 6, 8,
    ]);
  });
});

describe("what others get to read", () => {
  it.each([
    ["  Mira   the Great ", "Mira the Great"],
    ["小明", "小明"],
    ["Dickens", "Dickens"],
    ["Karin", "Karin"],
    ["M", null],
    ["x".repeat(25), null],
    ["mira@example.com", null],
    ["https://evil.example", null],
    ["visit evil.example", null],
    ["www.evil", null],
    ["N4zi", null],
    ["f.u.c.k", null],
    ["!!!", null],
  ])("alias %j → %j", (text, alias) => {
    expect(cleanAlias(text)).toBe(alias);
  });

  it("keeps line breaks of a message and drops what does not print", () => {
    expect(cleanMessage(" Hi\r\nthere\u0000\u202e ")).toBe("Hi\nthere");
    expect(cleanMessage(" \n ")).toBeNull();
    expect(cleanMessage("x".repeat(1000))).toHaveLength(400);
  });
});

describe("planUpsert", () => {
  const who = (id: string, externalId: string | null, email: string | null) => ({
    id,
    externalId,
    email,
  });

  it.each([
    [
      "nobody",
      null,
      null,
      { externalId: "7", email: "a@x.io" },
      { do: "create", keys: { externalId: "7", email: "a@x.io" }, notes: [] },
    ],
    [
      "same again",
      who("c1", "7", "a@x.io"),
      who("c1", "7", "a@x.io"),
      { externalId: "7", email: "a@x.io" },
      { do: "use", id: "c1", set: {}, notes: [] },
    ],
    [
      "first address",
      who("c1", "7", null),
      null,
      { externalId: "7", email: "a@x.io" },
      { do: "use", id: "c1", set: { email: "a@x.io" }, notes: [] },
    ],
    [
      "new address",
      who("c1", "7", "a@x.io"),
      null,
      { externalId: "7", email: "b@x.io" },
      { do: "use", id: "c1", set: { email: "b@x.io" }, notes: ["email_changed"] },
    ],
    [
      "another's address",
      who("c1", "7", null),
      who("c2", "8", "a@x.io"),
      { externalId: "7", email: "a@x.io" },
      { do: "use", id: "c1", set: {}, notes: ["email_taken"] },
    ],
    [
      "known by address, now with id",
      null,
      who("c2", null, "a@x.io"),
      { externalId: "7", email: "a@x.io" },
      { do: "use", id: "c2", set: { externalId: "7" }, notes: ["external_id_linked"] },
    ],
    [
      "address of someone with another id",
      null,
      who("c2", "8", "a@x.io"),
      { externalId: "7", email: "a@x.io" },
      { do: "create", keys: { externalId: "7", email: null }, notes: ["email_taken"] },
    ],
    [
      "address alone",
      null,
      who("c2", "8", "a@x.io"),
      { externalId: null, email: "a@x.io" },
      { do: "use", id: "c2", set: {}, notes: [] },
    ],
  ] as const)("%s", (_, byExternalId, byEmail, wanted, plan) => {
    expect(planUpsert({ byExternalId, byEmail }, wanted)).toEqual(plan);
  });
});
