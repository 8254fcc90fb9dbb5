import { describe, expect, it } from "vitest";
import { appInvitation, codeAt, newAppSecret, stepOfCode } from "./app-code";
import { hashRecoveryCode, newRecoveryCodes, readTypedCode } from "./typed-code";

const secret = Buffer.from("12345678901234567890", "ascii");

describe("the code of an app", () => {
  // The last six digits of appendix B of RFC 6238.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("at %d is as the standard says", (seconds, code) => {
    expect(codeAt(secret, seconds * 1000)).toBe(code);
    expect(stepOfCode(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it("counts for the step before and after, and no further", () => {
    const now = 1_800_000_000_000;
    const at = (steps: number) => stepOfCode(secret, codeAt(secret, now + steps * 30_000), now);
    expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, 59_999_999, 60_000_000, 60_000_001, null]);
  });

  it("is drawn and written so that apps understand it", () => {
    const { address, text } = appInvitation(secret, "ana@example.com");
    expect(text).toBe("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    expect(new URL(address)).toMatchObject({ protocol: "otpauth:", host: "totp" });
    expect(Object.fromEntries(new URL(address).searchParams)).toEqual({
      issuer: "Goodword",
      secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
    expect(decodeURIComponent(address)).toContain("ana@example.com");
  });

  it("comes of a secret of 160 bits, another one each time", () => {
    expect(newAppSecret()).toHaveLength(20);
    expect(newAppSecret()).not.toEqual(newAppSecret());
  });
});

describe("what is typed", () => {
  it.each([
    ["123456", { kind: "app", code: "123456" }],
    [" 123 456 ", { kind: "app", code: "123456" }],
    ["3K7M-W2PQ-9XVE-H4TN-8BZC-R5DY", { kind: "recovery", code: "3k7mw2pq9xveh4tn8bzcr5dy" }],
    ["3k7m w2pq 9xve h4tn 8bzc r5dy", { kind: "recovery", code: "3k7mw2pq9xveh4tn8bzcr5dy" }],
    ["12345", null],
    ["1234567", null],
    ["a password that is long", null],
    ["", null],
  ])("%j is read as a code", (text, read) => {
    expect(readTypedCode(text)).toEqual(read);
  });

  it("has one hash for each user, however a recovery code is typed", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      const typed = readTypedCode(code.toUpperCase())!;
      expect(typed.kind).toBe("recovery");
      expect(hashRecoveryCode("usr_1", typed.code)).toBe(hashRecoveryCode("usr_1", code));
      expect(hashRecoveryCode("usr_2", code)).not.toBe(hashRecoveryCode("usr_1", code));
    }
  });
});
