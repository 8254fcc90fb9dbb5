import fc from "fast-check";
import { expect, it } from "vitest";
import { readCode, readShareCode, withoutTail } from "./code";

it.each([
  ["MIRA-7K3P", "MIRA-7K3P"],
  [" mira-7k3p ", "MIRA-7K3P"],
  ["mira – 7k3p", "MIRA-7K3P"],
  ["MIRA—7K3P", "MIRA-7K3P"],
  ["MIRA\u22127K3P", "MIRA-7K3P"],
  ["MIRA\u20117K3P", "MIRA-7K3P"],
  ["ＭＩＲＡ－７Ｋ３Ｐ", "MIRA-7K3P"],
  ["MIRA\u200b-7K\u00ad3P\ufeff", "MIRA-7K3P"],
  ["MIRA 7K3P", "MIRA7K3P"],
  ["MIRA\0-7K3P\u202e", "MIRA-7K3P"],
  ["spring_10.a", "SPRING_10.A"],
])("reads %j", (text, code) => {
  expect(readCode(text)).toBe(code);
});

it.each(["", " ", "-", "-A", "a/b", "MIRA'S", "例子", "x".repeat(41), "\u200b", "%", "a%00"])(
  "refuses %j",
  (text) => {
    expect(readCode(text)).toBeNull();
  },
);

it("takes an underscore in a share code for a dash", () => {
  expect(readShareCode("mira_7k3p")).toBe("MIRA-7K3P");
});

it.each([
  ..."., ; : ! ? ) ] } > ' \" ` * ~ … ” ’ » › 。 ， 、 ） 】 》 」 ！ ？".split(" "),
  ").",
  ").)",
  '".',
  "**",
  "_",
  "/",
  " .",
  "%",
])("forgives %j behind a pasted share code", (tail) => {
  expect(readShareCode(`MIRA-7K3P${tail}`)).toBe(tail === "%" ? null : "MIRA-7K3P");
});

it("takes away nothing but a tail, and however long it is in little time", () => {
  expect(withoutTail("(MIRA.7K3P).")).toBe("(MIRA.7K3P");
  expect(readShareCode(`MIRA-7K3P${"-".repeat(20)}`)).toBe("MIRA-7K3P");
  expect(readShareCode(`a${").".repeat(100_000)}b`)).toBeNull();
});

it("reads every code that is stored as itself", () => {
  const stored = fc.stringMatching(/^[A-Z0-9][A-Z0-9._-]{0,39}$/);
  fc.assert(
    fc.property(stored, (code) => {
      expect(readCode(code)).toBe(code);
    }),
  );
});

it("leaves what it read as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const once = readCode(text);
      if (once !== null) expect(readCode(once)).toBe(once);
    }),
  );
});
