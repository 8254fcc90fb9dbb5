import { describe, expect, it } from "vitest";
import { may, type Power, type Provenance, whoMay } from "./provenance";

const POWERS: Power[] = ["identify", "prove", "tie", "accept", "date", "order", "qualify", "earn"];
const powersOf = (provenance: Provenance, type: string) =>
  POWERS.filter((power) => may({ provenance, type }, power));

describe("what a fact may move", () => {
  it.each([
    ["server", "lead", POWERS],
    ["staff", "purchase", POWERS],
    ["handover", "share", ["date", "qualify", "earn"]],
    ["email", "share", ["date", "qualify", "earn"]],
    ["browser", "lead", []],
    ["browser", "purchase", []],
    ["browser", "refund", []],
    ["browser", "click", ["date"]],
    ["browser", "invite_claim", ["identify", "tie", "date", "qualify"]],
    ["email", "invite_answer", ["identify", "prove", "accept", "date", "qualify", "earn"]],
    ["handover", "nomination", ["identify", "tie", "accept", "date", "qualify", "earn"]],
    ["browser", "invite_answer", []],
    ["browser", "nomination", []],
    ["browser", "constructor", []],
  ] as const)("%s, %s", (provenance, type, powers) => {
    expect(powersOf(provenance, type)).toEqual(powers);
  });

  it("is a goal of a browser where the shop allows it, and nothing else", () => {
    const allowed = (provenance: Provenance) =>
      POWERS.filter((power) => may({ provenance, type: "trial", isAllowed: true }, power));
    expect(allowed("browser")).toEqual(["qualify"]);
    expect(allowed("email")).toEqual(["date", "qualify", "earn"]);
  });

  it("is money for the shop's server and its staff alone", () => {
    for (const power of ["order", "prove", "tie", "accept", "identify"] as const)
      expect(whoMay(power)).toEqual(["server", "staff"]);
  });
});
