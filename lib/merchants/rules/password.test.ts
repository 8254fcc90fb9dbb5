import { verify } from "@node-rs/argon2";
import { describe, expect, it, vi } from "vitest";
import { hashPassword, verifyPassword } from "./password";

vi.mock("@node-rs/argon2", { spy: true });

describe("passwords", () => {
  it("are kept as argon2id with the parameters we ask for", async () => {
    const hash = await hashPassword("correct horse battery");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(hash, "correct horse battery")).toBe(true);
    expect(await verifyPassword(hash, "correct horse batterz")).toBe(false);
  });

  it("are checked with as much work where there is none", async () => {
    const checks = vi.mocked(verify);
    checks.mockClear();
    const hash = await hashPassword("correct horse battery");
    expect(await verifyPassword(hash, "wrong")).toBe(false);
    expect(await verifyPassword(null, "wrong")).toBe(false);
    const parametersOf = (call: unknown[]) => String(call[0]).split("$").slice(1, 4);
    expect(checks).toHaveBeenCalledTimes(2);
    expect(parametersOf(checks.mock.calls[1]!)).toEqual(parametersOf(checks.mock.calls[0]!));
  });
});
