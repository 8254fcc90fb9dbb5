import { beforeAll, describe, expect, it, vi } from "vitest";
import { detailsSchema, type PayoutDetails } from "../schema";
import { confirmUrl, readConfirmToken } from "./confirm-link";
import { masked, openDetails, sealDetails, usableFrom } from "./details";

beforeAll(() => {
  vi.stubEnv("AUTH_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/none");
});

/** An IBAN that the registry of IBANs prints; it belongs to nobody. */
const TEST_IBAN = "DE89370400440532013000";
const iban: PayoutDetails = { kind: "iban", holder: "Ana Hoxha", iban: TEST_IBAN };
const row = { merchantId: "mer_1", id: "pdt_1" };

describe("payout details", () => {
  it("are read from a form, in the one form that is stored", () => {
    expect(
      detailsSchema.parse({
        kind: "iban",
        holder: " Ana\n Hoxha ",
        iban: "de89 3704 0044 0532 0130 00",
      }),
    ).toEqual(iban);
    expect(detailsSchema.parse({ kind: "paypal", paypal: " Ana@Example.com" })).toEqual({
      kind: "paypal",
      paypal: "ana@example.com",
    });
    // Nothing that would begin a line, or read from right to left, in a file or a page.
    expect(detailsSchema.parse({ kind: "other", details: "Wise\r\n\u202e@ana\u200b" })).toEqual({
      kind: "other",
      details: "Wise @ana",
    });
  });

  it.each([
    ["iban", { kind: "iban", holder: "Ana", iban: "DE88370400440532013000" }],
    ["iban", { kind: "iban", holder: "Ana", iban: "" }],
    ["holder", { kind: "iban", holder: "\u200b \u200b", iban: TEST_IBAN }],
    ["holder", { kind: "iban", holder: "A".repeat(71), iban: TEST_IBAN }],
    ["paypal", { kind: "paypal", paypal: "nobody" }],
    ["details", { kind: "other", details: "x".repeat(201) }],
    ["kind", { kind: "bitcoin", details: "bc1" }],
    ["kind", {}],
  ])("are refused at %s: %j", (path, input) => {
    const result = detailsSchema.safeParse(input);
    expect(result.error?.issues[0]?.path).toEqual([path]);
  });

  it("are shown as far as their owner needs", () => {
    expect(masked(iban)).toBe("DE •••• 3000");
    expect(masked({ kind: "paypal", paypal: "ana@example.com" })).toBe("a•••@example.com");
    expect(masked({ kind: "other", details: "Wise @ana-hoxha-77" })).toBe("•••• a-77");
    expect(masked({ kind: "other", details: "@ana" })).toBe("••••");
  });

  it("wait for some days where they take the place of others", () => {
    const now = new Date("2026-05-01T10:00:00Z");
    expect(usableFrom(now, false)).toEqual(now);
    expect(usableFrom(now, true)).toEqual(new Date("2026-05-04T10:00:00Z"));
  });
});

describe("what is sealed", () => {
  it("opens for its own row only, and holds nothing in the clear", () => {
    const sealed = sealDetails(row, iban);
    expect(JSON.stringify(sealed)).not.toMatch(/3704|Ana|Hoxha/);
    expect(openDetails({ ...row, ...sealed })).toEqual(iban);
    expect(openDetails({ ...row, ...sealed, id: "pdt_2" })).toBeNull();
    expect(openDetails({ ...row, ...sealed, merchantId: "mer_2" })).toBeNull();
    expect(openDetails({ ...row, ...sealed, sealed: null })).toBeNull();
    expect(
      openDetails({ ...row, ...sealed, sealed: `${sealed.sealed.slice(0, -2)}AA` }),
    ).toBeNull();
  });

  it("is known to be out of reach under another secret", async () => {
    const before = sealDetails(row, iban);
    vi.resetModules();
    vi.stubEnv("AUTH_SECRET", "another secret, as long as it has to be here");
    const restarted = await import("./details");
    expect(restarted.openDetails({ ...row, ...before })).toBeNull();
    expect(restarted.sealingMark()).not.toBe(before.sealedBy);
  });

  it("makes links that nobody else can make", () => {
    const what = { merchantId: "mer_1", destinationId: "pdt_1" };
    const token = confirmUrl("tell", what).split("/").at(-1)!;
    expect(readConfirmToken(token)).toEqual(what);
    for (const forged of ["", "guessed", token.slice(1), `${token}AAAA`, "a".repeat(500)])
      expect(readConfirmToken(forged), forged).toBeNull();
    // What is sealed for another use is no link.
    expect(readConfirmToken(sealDetails(row, iban).sealed)).toBeNull();
  });
});
