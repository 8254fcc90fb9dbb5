import { describe, expect, it } from "vitest";
import { saidKeys } from "./keys";

const valuesOf = (input: Parameters<typeof saidKeys>[0]) =>
  saidKeys(input).map(({ kind, value }) => `${kind} ${value}`);

describe("what identifies a person", () => {
  it.each([
    "mira@gmail.com",
    "m.i.r.a+tea@googlemail.com",
    "MIRA@Gmail.com",
    "mi\u200bra@gmail.com",
  ])("reads %j as one inbox", (email) =>
    expect(valuesOf({ email })).toEqual(["email mira@gmail.com"]),
  );

  it("reads addresses and phone numbers among the traits, each once", () => {
    expect(
      valuesOf({
        email: "mira@example.com",
        traits: {
          email: "Mira+shop@example.com",
          phone: "+355 69 123 4567",
          mobile: "069 123 4567",
          whatsapp: 355691234567,
          vip: true,
        },
      }),
    ).toEqual(["email mira@example.com", "phone 691234567", "phone 355691234567"]);
  });

  it("leaves out what cannot be read", () => {
    expect(valuesOf({ email: "nobody", traits: { phone: "n/a", email: null } })).toEqual([]);
  });
});
